# settings
from . import res_company
# definitions
from . import (
    kam_objective,
    kam_measure,
    kam_kpi,
    kam_kpi_check,
    kam_kpi_screen,
    kam_kpi_words,
    kam_measure_screen,
)
# facts and values
from . import (
    kam_fact,
    kam_kpi_value,
    kam_kpi_value_aggregate,
    kam_kpi_value_screen,
    kam_explain,
    kam_explain_line,
    kam_kpi_explain,
)
from . import (
    crm_lost_reason,
    survey_question,
)
# key accounts
from . import (
    kam_tier,
    kam_assignment,
    res_partner,
    crm_team,
)
# targets
# plans
# reviews
# demonstration
from . import kam_demo
