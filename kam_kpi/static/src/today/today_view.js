import { Component, onWillStart, useEffect, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanController } from "@web/views/kanban/kanban_controller";
import { kanbanView } from "@web/views/kanban/kanban_view";

import { formatKamValue } from "@kam_kpi/core/kam_format";

/** The figures above the morning list, of the rows which the search finds; they follow each change of the rows. */
export class KamTodayTiles extends Component {
    static template = "kam_kpi.TodayTiles";
    static props = {};

    setup() {
        this.orm = useService("orm");
        this.model = useState(this.env.model);
        this.state = useState({ tiles: null });
        this.loaded = null;
        onWillStart(() => this.load(this.rows));
        useEffect((rows) => void this.load(rows), () => [this.rows]);
    }

    /** What is shown, as text: the search, and how many rows each lane has. */
    get rows() {
        const { root } = this.model;
        const counts = root.isGrouped ? root.groups.map((group) => [group.count, group.list.records.map((record) => record.resId)]) : [root.count];
        return JSON.stringify([root.domain, counts]);
    }

    async load(rows) {
        if (rows !== this.loaded) {
            this.loaded = rows;
            this.state.tiles = await this.orm.call("kam.attention", "today_tiles", [this.model.root.domain]);
        }
    }

    get value() {
        const { value, currency_id: currencyId } = this.state.tiles;
        return formatKamValue(value, { unit: "currency", currencyId });
    }
}

export class KamTodayController extends KanbanController {
    static template = "kam_kpi.TodayView";
    static components = { ...KanbanController.components, KamTodayTiles };
}

registry.category("views").add("kam_today", { ...kanbanView, Controller: KamTodayController });
