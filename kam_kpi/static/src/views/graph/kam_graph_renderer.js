import { GraphRenderer } from "@web/views/graph/graph_renderer";

import { formatKamValue } from "@kam_kpi/core/kam_format";

/** Writes axis and tooltips in the unit of the figures, as long as they share one. */
export class KamGraphRenderer extends GraphRenderer {
    static template = "kam_kpi.GraphRenderer";

    /** @override */
    formatValue(value, allIntegers, formatType) {
        const { currencies = [], units = [] } = this.model.meaning || {};
        if (!this.model.isFigure || units.length !== 1) {
            return super.formatValue(value, allIntegers, formatType);
        }
        if (units[0] === "currency") {
            return currencies.length === 1
                ? formatKamValue(value, { unit: "currency", currencyId: currencies[0] })
                : super.formatValue(value, allIntegers, formatType);
        }
        return formatKamValue(value, { unit: units[0] });
    }

    /** @override */
    getScaleOptions() {
        const options = super.getScaleOptions();
        if (options.y) {
            Object.assign(options.y.title, { display: true, text: this.model.title });
        }
        return options;
    }

    /** @override */
    getLegendOptions() {
        const options = super.getLegendOptions();
        // A single curve is named by the axis.
        return this.model.data.datasets.length === 1 && this.model.metaData.mode !== "pie"
            ? { ...options, display: false }
            : options;
    }
}
