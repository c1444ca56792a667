import { GraphModel } from "@web/views/graph/graph_model";

import { isNoData } from "@kam_kpi/core/kam_format";
import { loadMeaning } from "@kam_kpi/core/kam_meaning";

/**
 * Keeps "no data" apart from zero, and never adds up figures which do not add
 * up. What the figures are (their units, how many KPIs) is read along when the
 * model has these fields.
 */
export class KamGraphModel extends GraphModel {
    get isFigure() {
        return this.metaData.measure !== "__count";
    }

    /** @override */
    async _fetchDataPoints(metaData, forceUseAllDataPoints) {
        const [meaning] = await Promise.all([
            loadMeaning(this.orm, metaData),
            super._fetchDataPoints(metaData, forceUseAllDataPoints),
        ]);
        this.meaning = meaning;
    }

    /** Whether figures of several KPIs would have to be drawn as one. */
    get isMixed() {
        return (
            this.isFigure &&
            this.meaning?.kpis.length > 1 &&
            !this.metaData.groupBy.some(({ fieldName }) => fieldName === "kpi_id")
        );
    }

    /** Whether there are rows, and yet no figure: most often periods whose windows overlap were to be added. */
    get isEmptyHanded() {
        return (
            this.isFigure &&
            !this.isMixed &&
            this.hasData() &&
            this.dataPoints.every(({ value }) => isNoData(value))
        );
    }

    /** What the figures are, to be written on the axis: the KPI when there is only one. */
    get title() {
        const { measure, measures } = this.metaData;
        return this.isFigure && this.meaning?.kpis.length === 1 ? this.meaning.kpis[0] : measures[measure].string;
    }

    /**
     * A cell nobody filled and a figure that is not known are gaps.
     *
     * @override
     */
    _getData(dataPoints, forceUseAllDataPoints) {
        const result = super._getData(dataPoints, forceUseAllDataPoints);
        if (!this.isFigure || this.metaData.mode === "pie") {
            return result;
        }
        const datasets = Object.fromEntries(result.datasets.map((dataset) => [dataset.label, dataset]));
        for (const dataset of result.datasets) {
            dataset.data.fill(null);
        }
        for (const dataPoint of dataPoints) {
            const dataset = datasets[this._getDatasetLabel(dataPoint)];
            if (dataset && !isNoData(dataPoint.value)) {
                dataset.data[dataPoint.labelIndex] = dataPoint.value;
            }
        }
        return result;
    }

    /**
     * The line over stacked bars is their sum, which ratios do not have.
     *
     * @override
     */
    _getLineOverlayDataset() {
        return this.isFigure ? null : super._getLineOverlayDataset();
    }
}
