import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatKamValue, isNoData } from "@kam_kpi/core/kam_format";
import { KamSparkline } from "@kam_kpi/core/kam_sparkline";

/** The health of the last weeks as a small line on its scale from 0 to 100. */
export class KamWeeklyField extends Component {
    static template = "kam_kpi.KamWeeklyField";
    static components = { KamSparkline };
    static props = { ...standardFieldProps };

    limits = [0, 100];

    get values() {
        return this.props.record.data[this.props.name] || [];
    }

    get label() {
        const known = this.values.filter((value) => !isNoData(value));
        return _t("Health of %(weeks)s weeks: from %(first)s to %(last)s of 100", {
            weeks: this.values.length,
            first: formatKamValue(known[0], { unit: "score" }),
            last: formatKamValue(known.at(-1), { unit: "score" }),
        });
    }
}

registry.category("fields").add("kam_weekly", {
    component: KamWeeklyField,
    displayName: _t("Line of the last weeks"),
    supportedTypes: ["json"],
    isEmpty: () => false,
});
