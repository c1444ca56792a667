import { rpc } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

function planId() {
    return Number(new URL(window.location.href).pathname.split("/").pop());
}

registry.category("web_tour.tours").add("kam_plan_tour", {
    steps: () => [
        {
            content: "the plan opens on the page of its step, which says what is missing",
            trigger: ".o_notebook .nav-link.active[name=step_1]",
        },
        { trigger: ".o_kam_gate_current .o_kam_gate_missing li:contains(A strategy)" },
        {
            content: "choosing a strategy ticks it off at once",
            trigger: ".o_field_widget[name=strategy] .o_radio_item:contains(Grow) input",
            run: "click",
        },
        { trigger: ".o_kam_gate_current:contains(Complete)" },
        ...stepUtils.saveForm(),
        { content: "move on", trigger: "button[name=action_next_step].btn-primary", run: "click" },
        {
            content: "the page turns with the step",
            trigger: ".o_notebook .nav-link.active[name=step_2]",
        },
        {
            content: "add a goal of the customer",
            trigger: ".o_field_widget[name=goal_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=goal_ids] .o_selected_row .o_field_widget[name=name] input",
            run: "edit Fewer stops",
        },
        ...stepUtils.saveForm(),
        {
            content: "the next step stays closed and says why",
            trigger: "button[name=action_next_step]",
            run: "click",
        },
        { trigger: ".modal .modal-body:contains(SWOT: nothing yet)" },
        { trigger: ".modal .modal-footer button.btn-primary", run: "click" },
        {
            content: "people are kept on the page of step 3",
            trigger: ".o_notebook .nav-link[name=step_3]",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=stakeholder_ids] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=stakeholder_ids] .o_selected_row .o_field_widget[name=name] input",
            run: "edit Mr Sign",
        },
        ...stepUtils.saveForm(),
        {
            trigger: ".o_field_widget[name=stakeholder_ids] .o_data_row:contains(Mr Sign)",
        },
    ],
});

registry.category("web_tour.tours").add("kam_plan_conflict_tour", {
    steps: () => [
        {
            content: "somebody saves the plan while it is open here",
            trigger: ".o_form_view .o_notebook .nav-link.active",
            async run() {
                await rpc("/web/dataset/call_kw/kam.plan/write", {
                    model: "kam.plan",
                    method: "write",
                    args: [[planId()], { summary: "Saved first" }],
                    kwargs: {},
                });
            },
        },
        {
            trigger: ".o_field_widget[name=summary] textarea",
            run: "edit Saved second",
        },
        { trigger: ".o_form_button_save:enabled", run: "click" },
        {
            content: "the second save is refused and tells what to do",
            trigger: ".modal .modal-body:contains(Nothing was overwritten)",
        },
        { trigger: ".modal .modal-footer button.btn-primary", run: "click" },
        { trigger: ".o_form_button_cancel", run: "click" },
        { trigger: ".o_form_status_indicator_buttons.invisible:not(:visible)" },
    ],
});
