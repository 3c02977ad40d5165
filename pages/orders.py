"""Every order of the shop: what has to be done, search, filters, table, and one action on many of them."""

from pages.parts import bulk_line, bulk_papers, bulk_sheet, order_list
from pages.parts.running import drawing


@drawing
def show() -> None:
    """Draw it."""
    bulk_sheet.show()
    bulk_papers.show()
    bulk_line.show()
    order_list.show()


show()
