from . import kam_target_copy
from . import kam_target_reason
from . import kam_target_cascade
from . import kam_target_cascade_line
from . import kam_target_import
from . import kam_target_import_line
from . import kam_plan_reason
