import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { nbsp } from "@web/core/utils/strings";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

import { isNoData, NO_DATA_SIGN } from "@kam_kpi/core/kam_format";

/**
 * Writes a fraction as a percentage; no data is a dash, not 0 %.
 *
 * @param {number | false | null | undefined} value 1 is 100 %
 * @returns {string}
 */
export function formatKamPercentage(value) {
    return isNoData(value) ? NO_DATA_SIGN : `${formatFloat(value * 100, { digits: [16, 1] })}${nbsp}%`;
}

/** A fraction, read-only, as a percentage; for lists, forms and the cells of pivots. */
export class KamPercentageField extends Component {
    static template = "kam_kpi.KamPercentageField";
    static props = { ...standardFieldProps };

    get isNoData() {
        return isNoData(this.props.record.data[this.props.name]);
    }

    get formattedValue() {
        return formatKamPercentage(this.props.record.data[this.props.name]);
    }
}

export const kamPercentageField = {
    component: KamPercentageField,
    displayName: _t("Attainment"),
    supportedTypes: ["float"],
    isEmpty: () => false,
};

registry.category("fields").add("kam_percentage", kamPercentageField);
registry.category("formatters").add("kam_percentage", formatKamPercentage);
