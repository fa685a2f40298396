"""The parts of a Word document (DOCX): styles, lists, drawings, tables, formulas, the body."""
