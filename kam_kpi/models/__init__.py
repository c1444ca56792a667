# settings
from . import res_company
# definitions
from . import (
    kam_objective,
    kam_measure_query,
    kam_measure,
    kam_measure_method_margin,
    kam_measure_method_voice,
    kam_measure_method_touch,
    kam_kpi,
    kam_kpi_check,
    kam_kpi_formula,
    kam_kpi_screen,
    kam_kpi_words,
    kam_measure_screen,
)
# facts and values
from . import (
    kam_fact_queue,
    kam_fact_trigger,
    kam_fact,
    kam_fact_category,
    kam_fact_build,
    kam_fact_refresh,
    kam_fact_picture,
    kam_fact_reconcile,
    kam_kpi_window,
    kam_kpi_evaluate,
    kam_kpi_outcome,
    kam_kpi_measure,
    kam_kpi_bridge,
    kam_kpi_terms,
    kam_measure_drill,
    kam_kpi_value,
    kam_kpi_value_refresh,
    kam_fact_values,
    kam_partner_merge,
    kam_kpi_value_aggregate,
    kam_kpi_value_screen,
    kam_explain,
    kam_explain_line,
    kam_kpi_explain,
)
# documents
from . import (
    account_move,
    account_move_line,
    crm_lost_reason,
    rating_rating,
    survey_question,
    survey_user_input,
)
# key accounts
from . import (
    kam_tier,
    kam_assignment,
    kam_assignment_merge,
    kam_value_mixin,
    kam_criterion,
    kam_account_score,
    kam_account_score_line,
    kam_health_group,
    kam_health_item,
    kam_health,
    kam_kpi_value_followers,
    res_partner,
    res_partner_kam_kpi,
    res_partner_kam_score,
    res_partner_kam_actions,
    crm_team,
    res_config_settings,
)
# targets
from . import (
    kam_target,
    kam_target_workflow,
    kam_target_actual,
    kam_target_words,
    kam_target_merge,
    kam_target_history,
    crm_team_target,
    res_partner_target,
)
# plans
from . import (
    kam_plan_step,
    kam_plan,
    kam_plan_guard,
    kam_plan_flow,
    kam_plan_approval,
    kam_plan_renew,
    kam_plan_gate,
    kam_plan_figures,
    kam_plan_escalation,
    kam_plan_relationship,
    kam_plan_part,
    kam_plan_competitor,
    kam_plan_swot,
    kam_plan_objective,
    kam_plan_action,
    kam_plan_audit,
    kam_plan_audit_question,
    kam_plan_communication,
    kam_plan_waiver,
    kam_customer_goal,
    kam_wallet_estimate,
    kam_stakeholder,
    kam_plan_merge,
    mail_activity,
    res_partner_plan,
)
# reviews
from . import (
    kam_review_fill,
    kam_review_context,
    kam_review_sign,
    kam_review_words,
    kam_review_print,
    kam_review,
    kam_review_kpi,
    kam_review_action,
    res_company_review,
    res_partner_review,
    ir_actions_report,
)
# demonstration
from . import kam_demo
