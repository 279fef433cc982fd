"""The sample reports: prose and figures of clearly fictional agencies, and the writer of their files."""
