"""Every order of the shop: what has to be done, search, filters, table."""

from pages.parts import order_list

order_list.show()
