"""Stars through time as a drawing: counts with their days in, places on a surface out. Pure.

`series` holds what is drawn, `axes` say where a day and a count stand, `lines` make paths and keep labels apart, and
`drawing` puts all of it together for the template.
"""

from tools.charts.axes import MOST_STEPS, Axis, Scale, Tick, age_ticks, date_ticks, log_ticks, round_ticks
from tools.charts.drawing import Chart, chart
from tools.charts.lines import HEIGHT, LABEL_HEIGHT, TOLERANCE, WIDTH, spread, thinned
from tools.charts.series import LONGEST_STEP, Count, Series, monthly, pieces

__all__ = [
    "HEIGHT",
    "LABEL_HEIGHT",
    "LONGEST_STEP",
    "MOST_STEPS",
    "TOLERANCE",
    "WIDTH",
    "Axis",
    "Chart",
    "Count",
    "Scale",
    "Series",
    "Tick",
    "age_ticks",
    "chart",
    "date_ticks",
    "log_ticks",
    "monthly",
    "pieces",
    "round_ticks",
    "spread",
    "thinned",
]
