import { Component } from "@odoo/owl";

import { isNoData } from "./kam_format";

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 2;

/**
 * A small line of figures, the latest at the end of the line of reading; what
 * has no data is a gap. It stands on zero unless it is told its limits.
 */
export class KamSparkline extends Component {
    static template = "kam_kpi.KamSparkline";
    static props = {
        values: { type: Array },
        /** what it shows, in words */
        label: { type: String },
        limits: { type: Array, element: Number, optional: true },
    };

    size = `0 0 ${WIDTH} ${HEIGHT}`;

    get points() {
        const known = this.props.values.filter((value) => !isNoData(value));
        const [low, high] = this.props.limits || [Math.min(0, ...known), Math.max(0, ...known)];
        const step = (WIDTH - 2 * MARGIN) / Math.max(this.props.values.length - 1, 1);
        return this.props.values.map((value, position) =>
            isNoData(value)
                ? null
                : [MARGIN + position * step, HEIGHT - MARGIN - ((value - low) / (high - low || 1)) * (HEIGHT - 2 * MARGIN)]
        );
    }

    /** The lines between the gaps, each as the points of a polyline. */
    get lines() {
        const lines = [[]];
        for (const point of this.points) {
            if (point) {
                lines.at(-1).push(point.map((place) => place.toFixed(1)).join(","));
            } else if (lines.at(-1).length) {
                lines.push([]);
            }
        }
        return lines.filter((line) => line.length).map((line) => line.join(" "));
    }

    /** Points which no line reaches, and the last one. */
    get dots() {
        const points = this.points;
        const last = points.findLastIndex((point) => point);
        return points.filter((point, place) => point && (place === last || !(points[place - 1] || points[place + 1])));
    }
}
