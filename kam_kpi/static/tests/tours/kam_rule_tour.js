import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const dialog = ".modal:not(.o_inactive_modal) ";

// The director makes a rule; Alpha's retention is 80 %, Beta's 120 %.
registry.category("web_tour.tours").add("kam_rule_make_tour", {
    steps: () => [
        { trigger: ".o_list_button_add", run: "click" },
        { trigger: ".o_field_widget[name=name] input, .o_field_widget[name=name] textarea", run: "edit Buys less" },
        { trigger: ".o_field_widget[name=kpi_id] input", run: "edit Net revenue retention" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Net revenue retention)", run: "click" },
        { trigger: ".o_field_widget[name=enter] input", run: "edit 85" },
        { content: "a limit on the wrong side is told in words", trigger: ".o_field_widget[name=leave] input", run: "edit 80" },
        { trigger: ".o_form_button_save", run: "click" },
        { trigger: `${dialog}:contains(cannot be over at 80)` },
        { trigger: `${dialog}.modal-footer .btn-primary, ${dialog}.btn-close`, run: "click" },
        { trigger: ".o_field_widget[name=leave] input", run: "edit 95" },
        ...stepUtils.saveForm(),
        { content: "the rule says what it does", trigger: ".o_field_widget[name=words]:contains(below 85. It is over at 95 or more.)" },
        { trigger: "button[name=action_try]", run: "click" },
        { content: "and whom it would tell about", trigger: `${dialog}.o_kam_rule_try:contains(Alpha):contains(80.0):not(:contains(Beta))` },
        { trigger: `${dialog}.modal-footer .btn-primary`, run: "click" },
        { trigger: "body:not(:has(.modal))" },
    ],
});

// The account manager finds it in the list of the day.
registry.category("web_tour.tours").add("kam_rule_alert_tour", {
    steps: () => [
        { trigger: ".o_kanban_record:contains(Alpha):contains(Buys less) button[name=action_open_source]", run: "click" },
        { trigger: ".o_form_view .o_field_widget[name=rule_id]:contains(Buys less)" },
        { trigger: "button[name=action_useful]", run: "click" },
        { trigger: ".o_field_widget[name=useful]:contains(Yes), .o_field_widget[name=useful] input:value(Yes)" },
    ],
});
