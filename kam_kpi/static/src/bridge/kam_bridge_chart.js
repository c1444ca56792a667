import { Component } from "@odoo/owl";

const CHANGES = ["new", "upsell", "cross_sell", "contraction", "churn"];

/** The waterfall. Bars of changes can be chosen, by mouse or keyboard, to see only their rows. */
export class KamBridgeChart extends Component {
    static template = "kam_kpi.KamBridgeChart";
    static props = {
        chart: Object,
        figures: Array,
        bucket: { type: [String, Boolean], optional: true },
        onBucket: Function,
    };

    get viewBox() {
        const { width, height } = this.props.chart;
        return `0 0 ${width} ${height}`;
    }

    /** The chart in a sentence, for those who do not see it. */
    get words() {
        return this.props.figures.map(({ label, text }) => `${label} ${text}`).join(", ");
    }

    isChange(bar) {
        return CHANGES.includes(bar.code);
    }

    onKeydown(ev, bar) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            this.props.onBucket(bar.code);
        }
    }
}
