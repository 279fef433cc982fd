"""What a report is: agencies, documents, tables, places, citations. Standard library only, no I/O, no settings."""
