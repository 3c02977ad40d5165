"""Papers: labels, packing slips, pick lists, invoices and credit notes, as PDF.

What a paper says is plain data, made by one file per kind; how it looks is a template of `templates/`; `press` sets it.
"""
