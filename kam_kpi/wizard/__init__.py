from . import kam_target_copy
from . import kam_target_reason
from . import kam_plan_reason
