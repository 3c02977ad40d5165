"""Tracking numbers from a carrier's file: read, matched to orders, looked at, and applied as one step.

table = reading.read(path)                       rows of text
columns = matching.guess(shop, table)            which column is which; a person may say otherwise
matched = matching.matched(shop, table, columns) what each row would do, or why it does nothing
seen = applying.preview(shop, matched, actor)    the whole step before it is done
job = applying.apply(shop, matched, actor)       a job of services/bulk; `bulk.undo` takes all of it back
"""
