import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const tours = registry.category("web_tour.tours");

function choose(field, text) {
    return [
        { trigger: `.o_field_widget[name=${field}] input`, run: `edit ${text}` },
        { trigger: `.o-autocomplete--dropdown-item:contains(${text})`, run: "click" },
    ];
}

tours.add("kam_target_propose_tour", {
    steps: () => [
        ...choose("kpi_id", "Sales"),
        ...choose("partner_id", "Alpha"),
        {
            content: "it warns at once that there is nothing to measure yet, and lets one go on",
            trigger: ".alert-warning:contains(has no data for Alpha)",
        },
        {
            content: "the five letters stand beside",
            trigger: ".o_field_widget[name=smart_checks] li:contains(Relevant) .fa-check",
        },
        { trigger: ".o_field_widget[name=target_value] input", run: "edit 1000" },
        ...stepUtils.saveForm(),
        {
            content: "an account manager does not agree",
            trigger: ".o_form_view:not(:has(button[name=action_agree]))",
        },
    ],
});

tours.add("kam_target_agree_tour", {
    steps: () => [
        { content: "the leader agrees", trigger: "button[name=action_agree]", run: "click" },
        { content: "and locks", trigger: "button[name=action_lock]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Locked)" },
        {
            content: "a change without a reason is refused",
            trigger: ".o_field_widget[name=target_value] input",
            run: "edit 900",
        },
        { trigger: ".o_form_button_save:enabled", run: "click" },
        { trigger: ".modal .modal-body:contains(give a reason for the change)" },
        { trigger: ".modal .modal-footer button.btn-primary", run: "click" },
        { trigger: ".o_field_widget[name=change_reason] input", run: "edit Plant closed" },
        ...stepUtils.saveForm(),
        { content: "it stays in the history", trigger: ".nav-link[name=history]", run: "click" },
        { trigger: ".o_field_widget[name=history_ids] .o_data_row:contains(Plant closed)" },
    ],
});

tours.add("kam_target_cascade_tour", {
    steps: () => [
        { trigger: ".o_statusbar_buttons button[name=action_distribute]", run: "click" },
        { trigger: ".modal .o_field_widget[name=level] input", run: "click" },
        { trigger: ".o_select_menu_item:contains(Accounts)", run: "click" },
        { trigger: ".modal .o_field_widget[name=method] .o_radio_item:contains(The same for each) input", run: "click" },
        { trigger: ".modal .o_data_row:contains(Beta) td[name=share]:contains(50)" },
        {
            content: "Beta is to bring a fifth",
            trigger: ".modal .o_data_row:contains(Beta) td[name=share]",
            run: "click",
        },
        { trigger: ".modal .o_selected_row .o_field_widget[name=share] input", run: "edit 20 && press Tab" },
        { content: "what is left is shown", trigger: ".modal .o_field_widget[name=rest]:contains(300)" },
        { trigger: ".modal button[name=action_confirm]", run: "click" },
        {
            content: "and stays on the whole, with the offer to distribute again",
            trigger: ".o_form_view .alert-warning:contains(are not) button[name=action_distribute]",
        },
        { trigger: ".nav-link[name=parts]", run: "click" },
        { trigger: ".o_field_widget[name=child_ids] .o_data_row:contains(Alpha)" },
    ],
});

tours.add("kam_target_import_tour", {
    steps: () => [
        { trigger: ".o_control_panel button:contains(Import from a file)", run: "click" },
        {
            content: "choose a file with a good and a bad row",
            trigger: ".modal .o_field_widget[name=file]",
            run({ anchor }) {
                const rows = [
                    "KPI,For,Name or reference,From,To,Target",
                    "t_sales,account,Alpha,2050-01-01,2050-03-31,100",
                    "t_sales,account,Nobody,2050-01-01,2050-03-31,100",
                ];
                const files = new DataTransfer();
                files.items.add(new File([rows.join("\n")], "targets.csv", { type: "text/csv" }));
                const input = anchor.querySelector("input[type=file]");
                input.files = files.files;
                input.dispatchEvent(new Event("change", { bubbles: true }));
            },
        },
        { trigger: ".modal .o_field_widget[name=file] .fa-trash, .modal .o_field_widget[name=file] .o_clear_file_button" },
        { trigger: ".modal button[name=action_import]", run: "click" },
        { trigger: ".alert-danger:contains(Nothing was imported)" },
        {
            content: "the bad row is named with its column and what to do",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Name or reference):contains(no key account)",
        },
        { trigger: ".modal .o_field_widget[name=import_good] input", run: "click" },
        { trigger: ".modal button[name=action_import]", run: "click" },
        { content: "the good one is there", trigger: ".o_list_view .o_data_row:contains(Alpha)" },
    ],
});
