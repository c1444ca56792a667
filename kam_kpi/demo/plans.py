"""The account plans: what is worked out for whom, and how far. No Odoo here.

Days are counted from the day of loading; ``target`` names the KPI whose yearly
or quarterly target an objective hangs on. Words stay short, as people write them.
"""
from collections import namedtuple

Plan = namedtuple('Plan', (
    'account', 'step', 'approval', 'strategy', 'reason', 'summary', 'challenges', 'buying', 'trends', 'value', 'white', 'wallet',
    'competitors', 'swot', 'goals', 'objectives', 'actions', 'communications', 'budget'))
Goal = namedtuple('Goal', 'name unit start target now due')
Objective = namedtuple('Objective', 'name serves target measure due')
# objective is the number of the objective it serves
Action = namedtuple('Action', 'name objective days state')
Talk = namedtuple('Talk', 'name audience channel days done')

AUDIT_FINDINGS = {2: "Calibration slots are booked out for six weeks: one more engineer is needed in the region."}

PLANS = (
    Plan(
        'brightwater', 7, 'approved', 'maintain', "Largest account, fair margin: keep the lead, win the next line.",
        "Brightwater is our largest customer and content. We keep service flawless and prepare the new filling line.",
        "Validation effort grows with each audit; two plants work with different instruments.",
        "Quality proposes, procurement compares three offers, the VP decides above 50,000.",
        "Continuous manufacturing; inspectors ask for data integrity.",
        "One supplier for instruments, calibration and records cuts validation time by a third.",
        "Integration packages for the second plant; software seats for quality.", 1450000,
        (("Halberg Analytics", 28, 'equal'), ("In-house calibration", 12, 'weak')),
        (('strength', "Trusted by quality and maintenance"), ('strength', "Twelve years of calibration history"),
         ('weakness', "IT blocks cloud access"), ('opportunity', "Second plant standardises next year"),
         ('threat', "Procurement wants a second source")),
        (Goal("Fewer deviations from drifting sensors", "per year", 46, 20, 24, 60), Goal("Validation days per line", "days", 30, 20, 22, 120)),
        (Objective("Standardise the second plant", 'growth', 'revenue', "Frame contract signed", 90),
         Objective("Keep service on time", 'satisfaction', None, "No visit later than agreed in two quarters", 45)),
        (Action("Walk through the second plant with maintenance", 0, -60, 'done'), Action("Offer for line 3 and 4", 0, 12, 'open'),
         Action("Security review with IT", 0, -6, 'open'), Action("Monthly service report", 1, -20, 'done')),
        (Talk("Plan presented to service and logistics", 'internal', 'meeting', -70, True),
         Talk("Quarterly business review", 'external', 'meeting', 9, False), Talk("Letter to the VP", 'external', 'email', -30, True)),
        (24000, 17500, 320, 240)),
    Plan(
        'kestrel', 5, 'approved', 'invest', "Grows by a third a year and buys more of what we offer.",
        "Kestrel doubles capacity. We win the second production line and make the cloud their standard.",
        "Ramp-up of the second line without additional quality staff.",
        "Process science chooses, the COO signs; budgets are fixed each September.",
        "Biologics contract work moves to Europe.",
        "Instruments, calibration and reports from one hand: a line is released two weeks sooner.",
        "Calibration for the pilot plant, integration of the second line.", 980000,
        (("Halberg Analytics", 22, 'equal'), ("Nordisk Prozess", 15, 'weak')),
        (('strength', "Champion in process science"), ('weakness', "Few contacts above the COO"),
         ('opportunity', "Second production line"), ('threat', "Purchasing is being centralised")),
        (Goal("Release a batch sooner", "days", 18, 12, 15, 150), Goal("Unplanned stops", "per month", 5, 2, 3, 100)),
        (Objective("Win the second production line", 'growth', 'revenue', "Order for eight analysers", 80),
         Objective("Cloud reports in daily use", 'growth', None, "Forty seats active", 60)),
        (Action("Reference visit at Brightwater", 0, -25, 'done'), Action("Technical offer for the second line", 0, 5, 'open'),
         Action("Train six operators", 1, 20, 'open'), Action("Ask the COO for the board's calendar", 0, -4, 'open')),
        (Talk("Kick-off with application and service", 'internal', 'meeting', -40, True), Talk("Roadmap for the board", 'external', 'report', 25, False)),
        (18000, 6200, 260, 110)),
    Plan(
        'lumenfeld', 3, 'none', 'maintain', "Still large enough to fight for; decide at mid-year.",
        "Lumenfeld halves its orders each year and has not met us for months. We must reach purchasing and the managing director again.",
        "Energy prices; a plant is for sale.", "Purchasing decides alone since the reorganisation.", "Chemicals move out of the region.",
        False, False, 620000,
        (("Halberg Analytics", 45, 'strong'), ("Rheinkal", 20, 'equal')),
        (('strength', "Instruments in all four laboratories"), ('weakness', "One contact only, no meeting for months"),
         ('weakness', "Late deliveries this year"), ('opportunity', "New managing director"), ('threat', "Calibration went to a competitor")),
        (Goal("Calibration cost", "EUR", 98000, 80000, None, 120),), (), (), (), None),
    Plan(
        'montclair', 4, 'submitted', 'grow', "Service and cloud were won this year; three categories are still open.",
        "Montclair took service and cloud. Next are calibration and the first analyser line.",
        "Traceability rules for cosmetics; a young laboratory team.", "The laboratory tests, the industrial director decides.",
        "Natural ingredients vary more: more measuring.", "Traceable measurements without more staff.",
        "Calibration and analysers.", 410000, (("Labo Provence", 30, 'equal'),),
        (('strength', "Fast adoption of the cloud"), ('weakness', "No French-speaking service engineer"),
         ('opportunity', "Second site in Grasse"), ('threat', "Labo Provence is around the corner")),
        (Goal("Complaints traced within", "hours", 72, 24, 40, 90),),
        (Objective("First calibration contract", 'growth', 'revenue', "Signed before the audit", 70),), (), (), None),
    Plan(
        'pinecrest', 6, 'approved', 'maintain', "Flat by nature, most satisfied of all: a reference.",
        "Pinecrest is happy and stable. We keep it so with little effort and use it as a reference.",
        "Budget frozen for two years.", "Group purchasing once a year.", "Near-patient testing.", "No downtime at night.",
        "Analysers when the freeze ends.", 390000, (("MedLab Supply", 35, 'equal'),),
        (('strength', "Highest satisfaction of all accounts"), ('weakness', "No analysers sold"),
         ('opportunity', "New wing opens in two years"), ('threat', "Group purchasing may bundle")),
        (Goal("Turnaround time at night", "minutes", 55, 40, 42, 30),),
        (Objective("Three-year service contract", 'retention', None, "Signed before the budget round", 100),),
        (Action("Prepare the business case for three years", 0, -15, 'done'), Action("Meet group purchasing", 0, 30, 'open')),
        (), (6000, 3900, 90, 60)),
    Plan(
        'sable', 2, 'none', 'grow', "New manager, new start.",
        "Sable Point changed hands a year ago; instruments grow, service follows.",
        "Ageing platforms, few technicians.", "Category management runs a tender every three years.", "Emissions monitoring.", False, False, 560000,
        (("Gulf Instruments", 40, 'strong'),),
        (('strength', "Instrumentation lead supports us"), ('opportunity', "Emission rules from next year"), ('threat', "Tender next spring")),
        (), (), (), (), None),
    Plan(
        'tamarind', 1, 'none', False, False, "A young customer with a fast-growing laboratory.", False, False, False, False, False, None,
        (), (), (), (), (), (), None),
)
