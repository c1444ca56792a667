import { registry } from "@web/core/registry";
import { PivotModel } from "@web/views/pivot/pivot_model";
import { PivotRenderer } from "@web/views/pivot/pivot_renderer";
import { pivotView } from "@web/views/pivot/pivot_view";

import { formatShared, loadMeaning } from "@kam_kpi/core/kam_meaning";

/** Reads along what the figures are. */
export class KamPivotModel extends PivotModel {
    /** @override */
    async load(searchParams) {
        const { fields, resModel } = this.metaData;
        const [meaning] = await Promise.all([
            loadMeaning(this.orm, { fields, resModel, domain: searchParams.domain }),
            super.load(searchParams),
        ]);
        this.meaning = meaning;
    }
}

/** Writes the figures in their unit, as long as they share one. */
export class KamPivotRenderer extends PivotRenderer {
    /** @override */
    getFormattedValue(cell) {
        const isFigure = this.model.metaData.widgets[cell.measure] === "kam_value";
        const value = isFigure ? formatShared(cell.value, this.model.meaning) : undefined;
        return value === undefined ? super.getFormattedValue(cell) : { value };
    }
}

registry.category("views").add("kam_pivot", { ...pivotView, Model: KamPivotModel, Renderer: KamPivotRenderer });
