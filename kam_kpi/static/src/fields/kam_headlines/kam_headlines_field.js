import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatKamValue, isNoData } from "@kam_kpi/core/kam_format";
import { KamSparkline } from "@kam_kpi/core/kam_sparkline";

const CHANGES = {
    better: { icon: "fa-arrow-up", color: "text-success", words: _t("Better than last year") },
    worse: { icon: "fa-arrow-down", color: "text-danger", words: _t("Worse than last year") },
    same: { icon: "fa-minus", color: "text-muted", words: _t("As last year") },
};
const STATUS_COLORS = {
    achieved: "text-bg-success",
    on_track: "text-bg-success",
    at_risk: "text-bg-warning",
    off_track: "text-bg-danger",
    missed: "text-bg-danger",
};

/** The headline figures of an account, each beside last year, its target and the last quarters; a click explains it. */
export class KamHeadlinesField extends Component {
    static template = "kam_kpi.KamHeadlinesField";
    static components = { KamSparkline };
    static props = { ...standardFieldProps };

    setup() {
        this.action = useService("action");
        this.orm = useService("orm");
        this.isNoData = isNoData;
    }

    get figures() {
        return this.props.record.data[this.props.name] || [];
    }

    write(figure, value) {
        return formatKamValue(value, { unit: figure.unit, currencyId: figure.currency_id });
    }

    change(figure) {
        return CHANGES[figure.change];
    }

    statusColor(target) {
        return STATUS_COLORS[target.status] || "text-bg-secondary";
    }

    targetWords(figure) {
        const { period, value, attainment } = figure.target;
        const of = { period, value: this.write(figure, value), attainment: formatKamValue(attainment, { unit: "percent" }) };
        return isNoData(attainment) ? _t("%(period)s: target %(value)s", of) : _t("%(period)s: %(attainment)s of %(value)s", of);
    }

    trendWords(figure) {
        const known = figure.trend.filter((value) => !isNoData(value));
        return _t("%(quarters)s quarters: from %(first)s to %(last)s", {
            quarters: figure.trend.length,
            first: this.write(figure, known[0]),
            last: this.write(figure, known.at(-1)),
        });
    }

    async explain(figure) {
        const { resId, resModel } = this.props.record;
        this.action.doAction(await this.orm.call(resModel, "action_kam_headline", [[resId], figure.id]));
    }
}

registry.category("fields").add("kam_headlines", {
    component: KamHeadlinesField,
    displayName: _t("Headline figures"),
    supportedTypes: ["json"],
    isEmpty: () => false,
});
