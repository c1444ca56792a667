import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const dialog = ".modal:not(.o_inactive_modal) ";

registry.category("web_tour.tours").add("kam_voice_campaign_tour", {
    steps: () => [
        { content: "an empty page says what a campaign is", trigger: ".o_view_nocontent:contains(Ask your customers)" },
        { trigger: ".o-kanban-button-new", run: "click" },
        { trigger: ".o_field_widget[name=name] input", run: "edit After the summer" },
        { content: "the shipped survey is chosen", trigger: ".o_field_widget[name=survey_id] input:value(How are we doing)" },
        { trigger: ".o_field_widget[name=cadence] input", run: "edit 3" },
        ...stepUtils.saveForm(),
        { content: "how many it reaches", trigger: ".o_field_widget[name=audience_count]:contains(2)" },
        { trigger: "button[name=action_start]", run: "click" },
        { trigger: `${dialog}.modal-footer .btn-primary`, run: "click" },
        { trigger: "button[name=action_stop]" },
    ],
});

registry.category("web_tour.tours").add("kam_voice_answer_tour", {
    steps: () => [
        { content: "Start", trigger: "button.btn:contains(Start)", run: "click" },
        { trigger: ".js_question-wrapper:contains(How satisfied) .o_survey_choice_btn:contains(2)", run: "click" },
        { trigger: ".js_question-wrapper:contains(recommend) .o_survey_choice_btn:contains(3)", run: "click" },
        { trigger: ".js_question-wrapper:contains(better) textarea", run: "edit Third late delivery" },
        { content: "Submit", trigger: "button[value=finish]", run: "click" },
        { trigger: `${dialog}.modal-footer .btn-primary`, run: "click" },
        { trigger: "h1:contains(Thank you)" },
    ],
});

registry.category("web_tour.tours").add("kam_voice_loop_tour", {
    steps: () => [
        { content: "the answer waits in the morning list", trigger: ".o_kanban_record:contains(Gave us 3 of 10) button[name=action_open_source]", run: "click" },
        { content: "what they said", trigger: ".o_form_view:contains(Third late delivery)" },
        { trigger: "button[name=action_close]", run: "click" },
        { content: "it says what is missing", trigger: `${dialog}:contains(What was done)` },
        { trigger: `${dialog}.modal-footer .btn-primary, ${dialog}.btn-close`, run: "click" },
        { trigger: ".o_field_widget[name=cause] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Delivery)", run: "click" },
        { trigger: ".o_field_widget[name=done] textarea", run: "edit Own driver from now on" },
        { trigger: ".o_field_widget[name=told_on] button, .o_field_widget[name=told_on] input", run: "click" },
        { content: "the day of the test", trigger: ".o_field_widget[name=told_on] input", run: "edit 06/15/2026 && press Enter" },
        { trigger: "button[name=action_close]", run: "click" },
        { trigger: ".o_field_widget[name=closed_by_id]:contains(Anna)" },
    ],
});

registry.category("web_tour.tours").add("kam_voice_opt_out_tour", {
    steps: () => [
        { trigger: "button:contains(I want no surveys)", run: "click", expectUnloadPage: true },
        { trigger: ".o_kam_opted_out" },
    ],
});

registry.category("web_tour.tours").add("kam_voice_cards_tour", {
    steps: () => [{ trigger: ".o_kanban_record:contains(Twice a year):contains(0 of 2)" }],
});

registry.category("web_tour.tours").add("kam_voice_rates_tour", {
    steps: () => [
        { trigger: ".o_data_row:contains(Carla):contains(Asked)" },
        { trigger: ".o_switch_view.o_pivot", run: "click" },
        { trigger: ".o_pivot table:contains(Alpha)" },
        { trigger: ".o_switch_view.o_graph", run: "click" },
        { trigger: ".o_graph_renderer canvas" },
    ],
});
