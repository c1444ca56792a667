import { GraphRenderer } from "@web/views/graph/graph_renderer";

import { formatShared } from "@kam_kpi/core/kam_meaning";

/** Writes axis and tooltips in the unit of the figures, as long as they share one. */
export class KamGraphRenderer extends GraphRenderer {
    static template = "kam_kpi.GraphRenderer";

    /** @override */
    formatValue(value, allIntegers, formatType) {
        const shared = this.model.isFigure && formatShared(value, this.model.meaning);
        return shared || super.formatValue(value, allIntegers, formatType);
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
