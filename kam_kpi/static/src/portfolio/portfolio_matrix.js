import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

import { formatKamValue, isNoData } from "@kam_kpi/core/kam_format";

const WIDTH = 960;
const HEIGHT = 420;
const MARGIN = { top: 16, right: 24, bottom: 40, left: 64 };
const SMALLEST = 8;
const LARGEST = 26;
// Of a name as it is drawn, about.
const CHARACTER = 6;
const LINE = 12;

const LONGEST_NAME = 32;

function shorten(name) {
    return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
}

function overlap(one, other) {
    return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Accounts as dots by revenue and gross margin; the area of a dot is its contribution, its colour and letter the health. */
export class PortfolioMatrix extends Component {
    static template = "kam_kpi.PortfolioMatrix";
    static props = {
        accounts: { type: Array },
        limits: { type: Object },
        currencyId: { type: Number },
        places: { type: Object },
        health: { type: Object },
        onOpen: { type: Function },
    };

    width = WIDTH;
    height = HEIGHT;
    margin = MARGIN;

    get known() {
        return this.props.accounts.filter(({ revenue, margin }) => !isNoData(revenue) && !isNoData(margin));
    }

    get unknown() {
        return this.props.accounts.length - this.known.length;
    }

    /** Revenue begins at zero; margins, which lie close together, around what there is. */
    range(name) {
        const values = this.known.map((account) => account[name]);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        const room = (high - low || Math.abs(high) || 1) * 0.12;
        return name === "revenue" ? [Math.min(0, low), Math.max(0, high) + room] : [low - room, high + room];
    }

    x(revenue) {
        const [low, high] = this.range("revenue");
        return MARGIN.left + ((revenue - low) / (high - low)) * (WIDTH - MARGIN.left - MARGIN.right);
    }

    y(margin) {
        const [low, high] = this.range("margin");
        return HEIGHT - MARGIN.bottom - ((margin - low) / (high - low)) * (HEIGHT - MARGIN.top - MARGIN.bottom);
    }

    get dots() {
        const largest = Math.max(1, ...this.known.map(({ contribution }) => contribution || 0));
        const dots = this.known.map((account) => ({
            account,
            x: this.x(account.revenue),
            y: this.y(account.margin),
            radius: Math.max(SMALLEST, LARGEST * Math.sqrt(Math.max(account.contribution || 0, 0) / largest)),
            letter: this.props.health[account.health]?.letter || "",
            words: this.describe(account),
        }));
        return this.withNames(dots);
    }

    /** Puts the names of the largest accounts beside their dots where nothing else is; a name without such a place is left out. */
    withNames(dots) {
        const taken = dots.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
        for (const dot of dots) {
            dot.name = shorten(dot.account.name);
            const width = dot.name.length * CHARACTER;
            const above = dot.y - dot.radius - 4;
            const below = dot.y + dot.radius + LINE;
            const places = [
                { x: dot.x - width / 2, y: above },
                { x: dot.x - width / 2, y: below },
                { x: dot.x + dot.radius + 4, y: dot.y + 4 },
                { x: dot.x - dot.radius - 4 - width, y: dot.y + 4 },
            ];
            dot.label = places.find(({ x, y }) => {
                const box = { left: x, right: x + width, top: y - LINE + 2, bottom: y + 2 };
                const inside = x >= MARGIN.left && box.right <= WIDTH && box.top >= 0;
                return inside && !taken.some((other) => overlap(box, other)) && taken.push(box);
            });
        }
        return dots;
    }

    get lines() {
        const { revenue, margin } = this.props.limits;
        return isNoData(revenue) || isNoData(margin) ? null : { x: this.x(revenue), y: this.y(margin) };
    }

    get corners() {
        const right = WIDTH - MARGIN.right;
        const bottom = HEIGHT - MARGIN.bottom - 8;
        return [
            { place: "gem", x: MARGIN.left + 8, y: MARGIN.top + 12, anchor: "start" },
            { place: "star", x: right, y: MARGIN.top + 12, anchor: "end" },
            { place: "question", x: MARGIN.left + 8, y: bottom, anchor: "start" },
            { place: "volume", x: right, y: bottom, anchor: "end" },
        ];
    }

    ticks(name, unit) {
        const [low, high] = this.range(name);
        return [0, 0.25, 0.5, 0.75, 1].map((part) => {
            const value = low + (high - low) * part;
            const text = formatKamValue(unit === "currency" ? Math.round(value / 1000) * 1000 : value, { unit, currencyId: this.props.currencyId });
            return { text, x: this.x(value), y: this.y(value), anchor: part === 1 ? "end" : "middle" };
        });
    }

    describe(account) {
        const write = (value, unit) => formatKamValue(value, { unit, currencyId: this.props.currencyId });
        return _t("%(account)s: revenue %(revenue)s, margin %(margin)s, contribution %(contribution)s, health %(health)s", {
            account: account.name,
            revenue: write(account.revenue, "currency"),
            margin: write(account.margin, "percent"),
            contribution: write(account.contribution, "currency"),
            health: this.props.health[account.health]?.label || "–",
        });
    }

    onKeydown(ev, account) {
        if (["Enter", " "].includes(ev.key)) {
            ev.preventDefault();
            this.props.onOpen(account.id);
        }
    }
}
