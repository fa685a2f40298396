"""The one SQLite file: connection, schema, migrations."""
