import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { formatKamValue } from "@kam_kpi/core/kam_format";
import { KamSparkline } from "@kam_kpi/core/kam_sparkline";

/** A small line of the last months' figures, the latest at the end of the line of reading; nothing to draw is a dash. */
export class KamSparklineField extends Component {
    static template = "kam_kpi.KamSparklineField";
    static components = { KamSparkline };
    static props = { ...standardFieldProps, currencyField: { type: String, optional: true } };

    get values() {
        return this.props.record.data[this.props.name] || [];
    }

    get label() {
        const currency = this.props.record.data[this.props.currencyField];
        const write = (value) => formatKamValue(value, { unit: "currency", currencyId: currency?.id ?? currency });
        return _t("Twelve months: from %(first)s to %(last)s, highest %(highest)s", {
            first: write(this.values[0]),
            last: write(this.values.at(-1)),
            highest: write(Math.max(...this.values)),
        });
    }
}

export const kamSparklineField = {
    component: KamSparklineField,
    displayName: _t("Line of the last months"),
    supportedOptions: [{ label: _t("Currency field"), name: "currency_field", type: "field", availableTypes: ["many2one"] }],
    supportedTypes: ["json"],
    isEmpty: () => false,
    extractProps: ({ options }) => ({ currencyField: options.currency_field }),
};

registry.category("fields").add("kam_sparkline", kamSparklineField);
