"""Tests of reader.formats.pdf, and PDF files for them.

`essay.json` is an essay written for these tests. The files in ../golden are that essay through
independent producers: pdfLaTeX (article in two columns, hyperref, fancyhdr), LibreOffice Writer,
Chromium's print to PDF, Typst, WeasyPrint (CSS columns, automatic hyphens) and ReportLab.
`encrypted.pdf` is the first of them through `qpdf --encrypt sesame owner 256`.
"""
