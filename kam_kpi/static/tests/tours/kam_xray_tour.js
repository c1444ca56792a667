import { registry } from "@web/core/registry";

const dialog = ".modal:not(.o_inactive_modal) ";

function choose(field, label) {
    return [
        { trigger: `${dialog}.o_field_widget[name=${field}] input`, run: "click" },
        { trigger: `.o_select_menu_item:contains(${label})`, run: "click" },
    ];
}

function pick(field, name) {
    return [
        { trigger: `${dialog}.o_field_widget[name=${field}] input`, run: `edit ${name}` },
        { trigger: `.o-autocomplete--dropdown-item:contains(${name})`, run: "click" },
    ];
}

function addPerson(open, name, steps) {
    return [
        { content: `add ${name}`, trigger: open, run: "click" },
        ...pick("contact_id", name),
        { trigger: `${dialog}.o_field_widget[name=name] input:value(${name}), ${dialog}.o_field_widget[name=name]:contains(${name})` },
        ...steps,
        { trigger: `${dialog}.o_form_button_save`, run: "click" },
        { trigger: `body:not(:has(.modal)) .o_kam_board_person:contains(${name})` },
    ];
}

const add = ".o_kam_xray_new";
const owned = [...pick("user_id", "Anna")];
const met = [{ trigger: `${dialog}button[name=action_contacted]`, run: "click" }];

registry.category("web_tour.tours").add("kam_xray_tour", {
    steps: () => [
        { content: "an empty map says what to do", trigger: ".o_kam_xray_empty:contains(Put the first person on the map)" },
        { content: "and shows no figure", trigger: ".o_kam_xray_coverage:contains(No figure)" },
        ...addPerson(".o_kam_xray_empty button", "Ada Sign", [...choose("role", "Decision maker"), ...owned]),
        { content: "nobody was met: nothing is covered", trigger: ".o_kam_xray_figure:contains(/^0$/)" },
        { trigger: ".o_kam_xray_findings:contains(we know one person only)" },
        ...addPerson(add, "Bo Champion", [...choose("role", "Champion"), ...owned, ...pick("reports_to_id", "Ada Sign")]),
        ...addPerson(add, "Cy Block", [...choose("role", "Blocker"), ...owned]),
        ...addPerson(add, "Di Use", [...owned]),
        ...addPerson(add, "نورة", [...owned]),
        {
            content: "drag the blocker to where they stand",
            trigger: ".o_kam_board_person:contains(Cy Block)",
            run: "drag_and_drop .o_kam_board_cell[data-influence='4'][data-attitude='-2']",
        },
        { trigger: ".o_kam_board_cell[data-influence='4'][data-attitude='-2'] .o_kam_board_person:contains(Cy Block)" },
        { trigger: ".o_kam_xray_findings:contains(someone influential is against us or sceptical. (Cy Block))" },
        {
            content: "move another by the keyboard",
            trigger: ".o_kam_board_person:contains(Di Use) button",
            run(helpers) {
                this.anchor.focus();
                this.anchor.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowUp", shiftKey: true, bubbles: true }));
            },
        },
        {
            content: "the focus stays on the person",
            trigger: ".o_kam_board_cell[data-influence='4'][data-attitude='0'] .o_kam_board_person:contains(Di Use) button:focus",
            run() {
                this.anchor.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", shiftKey: true, bubbles: true }));
            },
        },
        { trigger: ".o_kam_board_cell[data-influence='4'][data-attitude='1'] .o_kam_board_person:contains(Di Use)" },
        { content: "the decision maker was met", trigger: ".o_kam_board_person:contains(Ada Sign) button", run: "click" },
        ...met,
        { trigger: `${dialog}.o_field_widget[name=freshness]:contains(In touch)` },
        { trigger: `${dialog}.o_form_button_save, ${dialog}.o_form_button_cancel, ${dialog}.btn-close`, run: "click" },
        { trigger: "body:not(:has(.modal)) .o_kam_board_person:contains(Ada Sign):contains(In touch)" },
        { content: "who knows whom", trigger: "[data-tab=matrix]", run: "click" },
        {
            content: "the owner is credible to the decision maker",
            trigger: ".o_kam_matrix tr:contains(Ada Sign) .o_kam_matrix_cell:first select",
            run: "select 2",
        },
        { content: "the coverage rises", trigger: ".o_kam_xray_figure:not(:contains(/^0$/))" },
        { trigger: ".o_kam_xray_explain", run: "click" },
        { trigger: ".o_kam_xray_explained tr:contains(Ada Sign):contains(100 %)" },
    ],
});

registry.category("web_tour.tours").add("kam_org_chart_tour", {
    steps: () => [
        {
            content: "drag the worker below the boss",
            trigger: ".o_hierarchy_node:contains(Worker)",
            run: "drag_and_drop .o_hierarchy_node:contains(Boss)",
        },
        { trigger: ".o_hierarchy_row:nth-child(2) .o_hierarchy_node:contains(Worker), .o_hierarchy_node:contains(Boss) .o_hierarchy_node_button" },
    ],
});
