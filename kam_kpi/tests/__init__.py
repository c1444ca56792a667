from . import test_tools_attainment
from . import test_tools_forecast
from . import test_tools_scoring
from . import test_value_groupby
from . import test_assignment
from . import test_partner_fields
from . import test_access_values
from . import test_demo
