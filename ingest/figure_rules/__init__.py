"""The words around a figure that say which indicator it is, one file for each part of the form."""
