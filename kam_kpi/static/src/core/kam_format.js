import { formatCurrency } from "@web/core/currency";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/core/utils/numbers";
import { nbsp } from "@web/core/utils/strings";

export const NO_DATA_SIGN = "–";

// From here on the cents of an amount say nothing on a card.
const WHOLE_AMOUNTS_FROM = 1000;

/**
 * Whether there is nothing to show; zero is a figure.
 *
 * @param {number | false | null | undefined} value
 * @returns {boolean}
 */
export function isNoData(value) {
    return value === false || value === null || value === undefined;
}

function formatAmount(value, currencyId) {
    const digits = Math.abs(value) >= WHOLE_AMOUNTS_FROM ? [16, 0] : undefined;
    return formatCurrency(value, currencyId, { digits });
}

function formatNumber(value, decimals) {
    return formatFloat(value, { digits: [16, decimals] });
}

/**
 * Writes a KPI's figure as people read it: a dash for no data, percentages
 * (kept as 0..100) with their sign, amounts in their currency.
 *
 * @param {number | false | null | undefined} value
 * @param {Object} [options]
 * @param {string} [options.unit] a unit of a KPI; without one it is a plain number
 * @param {number | false} [options.currencyId]
 * @returns {string}
 */
export function formatKamValue(value, { unit, currencyId } = {}) {
    if (isNoData(value)) {
        return NO_DATA_SIGN;
    }
    switch (unit) {
        case "currency":
            return formatAmount(value, currencyId);
        case "percent":
            return `${formatNumber(value, 1)}${nbsp}%`;
        case "count":
            return formatNumber(value, Number.isInteger(value) ? 0 : 1);
        case "score":
            return formatNumber(value, 1);
        case "days":
            return _t("%s days", formatNumber(value, 1));
        case "hours":
            return _t("%s h", formatNumber(value, 1));
        default:
            return formatNumber(value, 2);
    }
}

registry.category("formatters").add("kam_value", (value) => formatKamValue(value));
