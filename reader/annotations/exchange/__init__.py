"""Annotations in other people's file formats, one module a format."""
