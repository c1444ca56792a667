import { registry } from "@web/core/registry";

const card = (name) => `.o_kanban_record:contains(${name})`;
const dialog = ".modal:not(.o_inactive_modal) ";

registry.category("web_tour.tours").add("kam_today_tour", {
    steps: () => [
        { content: "the morning list has the lanes which have work", trigger: ".o_kanban_group:contains(We owe them)" },
        { content: "the reason has its figures", trigger: `${card("Alpha")}:contains(Gave us 3 of 10)` },
        { content: "figures above the list", trigger: ".o_kam_today_tile:contains(/^To look at\\s*2$/)" },
        { content: "log a call", trigger: `${card("Gave us 3 of 10")} button[name=action_log_call]`, run: "click" },
        { trigger: `${dialog}.o_field_widget[name=contact_id] input`, run: "edit Carla" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Carla)", run: "click" },
        { trigger: `${dialog}.o_field_widget[name=note] textarea`, run: "edit Deliveries are late, we send the plan" },
        { trigger: `${dialog}button[name=action_confirm]`, run: "click" },
        { content: "the card is gone", trigger: ".o_kanban_renderer:not(:contains(Gave us 3 of 10))" },
        { trigger: ".o_kam_today_tile:contains(/^To look at\\s*1$/)" },
        { content: "put the late order off", trigger: `${card("No order for")} button[name=action_snooze]`, run: "click" },
        { trigger: `${dialog}.o_field_widget[name=reason] input`, run: "edit Closed for the summer" },
        { trigger: `${dialog}button[name=action_confirm]`, run: "click" },
        { content: "nothing is left, and the page says so", trigger: ".o_view_nocontent:contains(Nobody needs you right now)" },
        { trigger: ".o_kam_today_tile:contains(/^Put off\\s*1$/)" },
    ],
});

registry.category("web_tour.tours").add("kam_accounts_tour", {
    steps: () => [
        { content: "the card says what is to do", trigger: `${card("Alpha")} .o_kam_needs:contains(Gave us 3 of 10)` },
        { content: "and how its months were", trigger: `${card("Alpha")} .o_kam_sparkline[aria-label*="Twelve months"]` },
        { content: "accounts we did not meet", trigger: ".o_searchview_dropdown_toggler", run: "click" },
        { trigger: ".o_menu_item:contains(No meeting in 30 days)", run: "click" },
        { content: "this one was met yesterday", trigger: ".o_kanban_renderer:not(:contains(Alpha))" },
        { trigger: ".o_facet_value:contains(No meeting in 30 days)" },
        { trigger: ".o_searchview_facet:contains(No meeting) .o_facet_remove", run: "click" },
        { content: "from the card to the morning list", trigger: `${card("Alpha")} .o_kam_needs`, run: "click" },
        { trigger: ".o_kam_today .o_kanban_record:contains(Gave us 3 of 10)" },
        { content: "and to the account", trigger: `${card("Gave us 3 of 10")} button[name=action_open_account]`, run: "click" },
        { trigger: ".o_form_view:contains(Twelve months to today)" },
    ],
});
