"""The SQL workbench: questions that a person writes, answered from documented views and nothing else.

run = ask(shop, "select country, sum(total) as total from orders where is_counted group by all", actor)
run.wait(1); run.state; run.answer; run.error; run.stop()
views(shop)                      the views that may be read, with what their columns mean
files.link(run.id, "csv")        the answer as a file
"""

from services.workbench.answer import Answer, Column, Kind
from services.workbench.asking import ask, explain, look
from services.workbench.explaining import Step
from services.workbench.faults import Place, SqlFault
from services.workbench.parameters import ParameterType, guessed
from services.workbench.running import MOST_ROWS, RULE, Run, State, rows_in_words
from services.workbench.views import View, views

__all__ = [
    "MOST_ROWS", "RULE", "Answer", "Column", "Kind", "ParameterType", "Place", "Run", "SqlFault", "State", "Step",
    "View", "ask", "explain", "guessed", "look", "rows_in_words", "views",
]  # fmt: skip
