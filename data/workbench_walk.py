"""A walk over the parse of a person's SQL that refuses everything it does not know.

The tree is the engine's own, so there is no second opinion on what a text means. Each kind of node is listed with the
parts it may have; a part that is not listed, or a kind that is new, is refused, whatever it may do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from data.errors import SqlRefused
from data.workbench_functions import (
    FUNCTIONS,
    NO_COLUMNS,
    TABLE_FUNCTIONS,
)
from data.workbench_sizes import Sizes

Node = dict[str, Any]
Scope = frozenset[str]

# What each kind of expression may have beside its class, type, place and name.
_EXPRESSIONS: dict[str, set[str]] = {
    "BETWEEN": {"input", "lower", "upper"},
    "CASE": {"case_checks", "else_expr"},
    "CAST": {"child", "cast_type", "try_cast"},
    "COLLATE": {"child", "collation"},
    "COLUMN_REF": {"column_names"},
    "COMPARISON": {"left", "right"},
    "CONJUNCTION": {"children"},
    "CONSTANT": {"value"},
    "FUNCTION": {"function_name", "schema", "children", "distinct", "filter", "is_operator", "order_bys"},
    "LAMBDA": {"lhs", "expr", "syntax_type"},
    "OPERATOR": {"children"},
    "PARAMETER": {"identifier"},
    "POSITIONAL_REFERENCE": {"index"},
    "STAR": {"relation_name", "columns", "expr", "exclude_list", "qualified_exclude_list", "rename_list",
             "replace_list", "unpacked"},
    "SUBQUERY": {"subquery_type", "subquery", "child", "comparison_type"},
    "WINDOW": {"function_name", "schema", "children", "partitions", "orders", "start", "end", "start_expr", "end_expr",
               "offset_expr", "default_expr", "filter_expr", "exclude_clause", "distinct", "ignore_nulls",
               "arg_orders"},
}  # fmt: skip
# Parts of an expression that hold no expression.
_BARE = {
    "cast_type", "try_cast", "collation", "column_names", "value", "function_name", "schema", "distinct", "is_operator",
    "identifier", "index", "relation_name", "columns", "exclude_list", "qualified_exclude_list", "rename_list",
    "subquery_type", "comparison_type", "subquery", "start", "end", "exclude_clause", "ignore_nulls", "syntax_type",
    "unpacked", "case_checks", "order_bys", "orders", "arg_orders", "replace_list",
}  # fmt: skip
_TABLES: dict[str, set[str]] = {
    "BASE_TABLE": {"table_name", "schema_name", "catalog_name", "column_name_alias"},
    "SUBQUERY": {"subquery", "column_name_alias"},
    "JOIN": {"left", "right", "condition", "join_type", "ref_type", "using_columns", "delim_flipped",
             "duplicate_eliminated_columns"},
    "EXPRESSION_LIST": {"values", "expected_names", "expected_types"},
    "TABLE_FUNCTION": {"function", "column_name_alias", "with_ordinality"},
    "PIVOT": {"source", "aggregates", "groups", "pivots", "unpivot_names", "include_nulls", "column_name_alias"},
    "EMPTY": set(),
}  # fmt: skip
_QUERIES: dict[str, set[str]] = {
    "SELECT_NODE": {"select_list", "from_table", "where_clause", "group_expressions", "group_sets", "having", "qualify",
                    "sample", "aggregate_handling"},
    "SET_OPERATION_NODE": {"setop_type", "setop_all", "left", "right", "children"},
    "RECURSIVE_CTE_NODE": {"cte_name", "union_all", "left", "right", "aliases", "key_targets"},
}  # fmt: skip
_MODIFIERS: dict[str, set[str]] = {
    "LIMIT_MODIFIER": {"limit", "offset"},
    "LIMIT_PERCENT_MODIFIER": {"limit", "offset"},
    "ORDER_MODIFIER": {"orders"},
    "DISTINCT_MODIFIER": {"distinct_on_targets"},
}
_FILE = re.compile(r"[./\\:*?]")


class Walk:
    """One walk. `views` are the names that may be read from, `proposed` those that people are told of.

    Afterwards `used` are the views that are read, `parameters` what is asked for, in the order of the text."""

    def __init__(self, views: Iterable[str], proposed: Iterable[str]) -> None:
        self._views, self._proposed = frozenset(views), frozenset(proposed)
        self.used: dict[str, None] = {}
        self.parameters: dict[str, None] = {}
        self._sizes = Sizes()

    def statement(self, node: Node) -> None:
        """A whole statement."""
        self._only(node, {"node", "named_param_map"})
        self._query(node["node"], frozenset())

    # Queries

    def _query(self, node: Node, scope: Scope) -> None:
        kind = node.get("type", "")
        if kind not in _QUERIES:
            raise _unknown(kind, node)
        self._only(node, _QUERIES[kind] | {"type", "cte_map", "modifiers"})
        scope = self._named(node.get("cte_map", {}), scope)
        if kind == "RECURSIVE_CTE_NODE":
            self._query(node["left"], scope)
            self._query(node["right"], scope | {_lower(node["cte_name"])})
            self._all(node.get("key_targets", ()), scope)
        elif kind == "SET_OPERATION_NODE":
            for side in (node.get("left"), node.get("right"), *node.get("children", ())):
                if side:
                    self._query(side, scope)
        else:
            self._all(node.get("select_list", ()), scope)
            self._table(node["from_table"], scope)
            self._all(node.get("group_expressions", ()), scope)
            self._all([node[part] for part in ("where_clause", "having", "qualify") if part in node], scope)
        for modifier in node.get("modifiers", ()):
            self._modifier(modifier, scope)

    def _named(self, map_of_ctes: Node, scope: Scope) -> Scope:
        """The names that are known after a `with`; each of them knows those before it."""
        self._only(map_of_ctes, {"map"})
        for entry in map_of_ctes.get("map", ()):
            self._only(entry, {"key", "value"})
            inside = entry["value"]
            self._only(inside, {"aliases", "query", "materialized", "key_targets"})
            self._inner(inside["query"], scope)
            self._all(inside.get("key_targets", ()), scope | {_lower(entry["key"])})
            scope = scope | {_lower(entry["key"])}
        return scope

    def _inner(self, statement: Node, scope: Scope) -> None:
        self._only(statement, {"node", "named_param_map"})
        self._query(statement["node"], scope)

    def _modifier(self, node: Node, scope: Scope) -> None:
        kind = node.get("type", "")
        if kind not in _MODIFIERS:
            raise _unknown(kind, node)
        self._only(node, _MODIFIERS[kind] | {"type"})
        self._all([node[part] for part in ("limit", "offset") if part in node], scope)
        self._all(node.get("distinct_on_targets", ()), scope)
        self._orders(node, scope)

    def _orders(self, node: Node, scope: Scope) -> None:
        for order in node.get("orders", ()):
            self._only(order, {"type", "null_order", "expression"})
            self._expression(order["expression"], scope)

    # What stands after `from`

    def _table(self, node: Node, scope: Scope) -> None:
        kind = node.get("type", "")
        if kind == "SHOW_REF":
            raise SqlRefused(
                "DESCRIBE, SHOW and SUMMARIZE cannot be asked here: the views and their columns stand beside the "
                "editor.",
                at=node.get("query_location"),
            )
        if kind not in _TABLES:
            raise _unknown(kind, node)
        if "at_clause" in node:
            raise SqlRefused("A view cannot be asked as it was at another time.", at=node.get("query_location"))
        self._only(node, _TABLES[kind] | {"type", "alias", "query_location", "sample"})
        if kind == "BASE_TABLE":
            self._named_table(node, scope)
        elif kind == "SUBQUERY":
            self._inner(node["subquery"], scope)
        elif kind == "JOIN":
            self._table(node["left"], scope)
            self._table(node["right"], scope)
            self._all([node["condition"]] if "condition" in node else (), scope)
        elif kind == "EXPRESSION_LIST":
            for row in node.get("values", ()):
                self._all(row, scope)
        elif kind == "TABLE_FUNCTION":
            self._table_function(node["function"], scope)
        elif kind == "PIVOT":
            self._pivot(node, scope)

    def _named_table(self, node: Node, scope: Scope) -> None:
        name, at = node["table_name"], node.get("query_location")
        if "schema_name" in node or "catalog_name" in node:
            raise SqlRefused("Write the name of a view alone, without a schema before it.", at=at, word=name)
        if _lower(name) in scope:
            return
        if _lower(name) in self._views:
            self.used[_lower(name)] = None
        elif _FILE.search(name):
            raise SqlRefused("Files and addresses cannot be read here: “{name}”.", at=at, word=name, name=name)
        else:
            nearest = tuple(get_close_matches(_lower(name), sorted(self._proposed | scope), n=2, cutoff=0.5))
            raise SqlRefused("There is no view “{name}”.", at=at, word=name, nearest=nearest, name=name)

    def _table_function(self, node: Node, scope: Scope) -> None:
        name = _lower(node.get("function_name", ""))
        self._only(node, _EXPRESSIONS["FUNCTION"] | {"class", "type", "query_location", "alias"})
        if name not in TABLE_FUNCTIONS or node.get("schema", "main") != "main":
            raise _no_function(name, node, TABLE_FUNCTIONS)
        self._all(node.get("children", ()), scope)
        self._orders(node.get("order_bys", {}), scope)

    def _pivot(self, node: Node, scope: Scope) -> None:
        self._table(node["source"], scope)
        self._all(node.get("aggregates", ()), scope)
        for pivot in node.get("pivots", ()):
            self._only(pivot, {"pivot_expressions", "unpivot_names", "entries"})
            self._all(pivot.get("pivot_expressions", ()), scope)
            for entry in pivot.get("entries", ()):
                self._only(entry, {"values", "alias", "expr"})
                self._all([entry["expr"]] if "expr" in entry else (), scope)

    # Expressions

    def _all(self, nodes: Iterable[Node], scope: Scope) -> None:
        for node in nodes:
            self._expression(node, scope)

    def _expression(self, node: Node, scope: Scope) -> None:
        kind = node.get("class", "")
        if kind not in _EXPRESSIONS:
            raise _unknown(kind, node)
        self._only(node, _EXPRESSIONS[kind] | {"class", "type", "query_location", "alias"})
        match kind:
            case "FUNCTION" | "WINDOW":
                self._function(node)
            case "PARAMETER":
                self.parameters[str(node["identifier"])] = None
            case "SUBQUERY":
                self._inner(node["subquery"], scope)
            case "CAST":
                _plain_type(node["cast_type"], node)
            case "COLUMN_REF":
                if len(node["column_names"]) == 1 and _lower(node["column_names"][0]) in NO_COLUMNS:
                    raise _no_function(node["column_names"][0], node, FUNCTIONS)
            case "CASE":
                for check in node.get("case_checks", ()):
                    self._only(check, {"when_expr", "then_expr"})
                    self._all(check.values(), scope)
        for part, value in node.items():
            if part == "replace_list":
                for entry in value:
                    self._only(entry, {"key", "value"})
                    self._expression(entry["value"], scope)
            elif part in ("orders", "arg_orders"):
                self._orders({"orders": value}, scope)
            elif part == "order_bys":
                self._only(value, {"type", "orders"})
                self._orders(value, scope)
            elif part in _EXPRESSIONS[kind] and part not in _BARE:
                self._all(value if isinstance(value, list) else [value], scope)

    def _function(self, node: Node) -> None:
        name = _lower(node.get("function_name", ""))
        if node.get("schema", "main") != "main":
            raise SqlRefused(
                "Write a function with what it takes in brackets: {name}(…).",
                at=node.get("query_location"),
                word=name,
                name=name,
            )
        if name not in FUNCTIONS:
            raise _no_function(name, node, FUNCTIONS)
        self._sizes.call(name, node)

    def _only(self, node: Mapping[str, Any], known: set[str]) -> None:
        """No part that we do not know."""
        for part in node:
            if part not in known:
                raise _unknown(part, node)


def _plain_type(of: Node, node: Node) -> None:
    """A type of the engine's own, never one that is looked up in a schema."""
    about = of.get("type_info", {})
    if "catalog" in about or "schema" in about:
        raise SqlRefused("There is no such type.", at=node.get("query_location"), word=about.get("name", ""))


def _no_function(name: str, node: Node, known: Iterable[str]) -> SqlRefused:
    return SqlRefused(
        "The function “{name}” cannot be used here.",
        at=node.get("query_location"),
        word=name,
        nearest=tuple(get_close_matches(_lower(name), [one for one in known if one[0].isalpha()], n=2, cutoff=0.75)),
        name=name,
    )


def _unknown(kind: str, node: Mapping[str, Any]) -> SqlRefused:
    return SqlRefused("This cannot be asked here ({kind}).", at=node.get("query_location"), kind=kind or "?")


def _lower(name: str) -> str:
    """As the engine compares names: only the letters A to Z have two cases."""
    return "".join(letter.lower() if letter.isascii() else letter for letter in name)
