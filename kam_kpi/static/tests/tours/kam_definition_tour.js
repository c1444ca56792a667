import { registry } from "@web/core/registry";

const MOST_ACTIONS = 25;

/** What a person clicks or fills in; all other steps only look. */
const counted = (steps) => steps.filter((step) => step.run).length;

const openMenu = (section, entry) => [
    {
        content: "configuration",
        trigger: `.o_menu_sections button:contains(/^${section}$/)`,
        run: "click",
    },
    {
        trigger: `.o-dropdown--menu .dropdown-item:contains(/^${entry}$/)`,
        run: "click",
    },
];

const complaints = [
    ...openMenu("Configuration", "Measures"),
    {
        trigger: ".o_list_view:has(td[name=code]) .o_list_button_add, .o_breadcrumb:contains(Measures) ~ * .o_list_button_add, .o_list_button_add",
        run: "click",
    },
    {
        trigger: ".o_form_view .o_field_widget[name=name] input",
        run: "edit Complaints && press Tab",
    },
    {
        content: "the code comes by itself",
        trigger: ".o_field_widget[name=code] input:value(complaints)",
    },
    {
        trigger: ".o_field_widget[name=model_id] input",
        run: "edit Lead",
    },
    {
        trigger: ".o-autocomplete--dropdown-item a:contains(/^Lead$/)",
        run: "click",
    },
    {
        content: "the date is proposed",
        trigger: ".o_field_widget[name=date_field]:contains(Created on)",
    },
    {
        content: "and the way to the account",
        trigger: ".o_field_widget[name=account_path]:contains(Commercial)",
    },
    {
        trigger: ".o_field_widget[name=domain] a:contains(New Rule)",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=domain] .o_model_field_selector",
        run: "click",
    },
    {
        trigger: ".o_model_field_selector_popover_search input",
        run: "edit Tags",
    },
    {
        trigger: ".o_model_field_selector_popover_item_name:contains(/^Tags$/)",
        run: "click",
    },
    {
        trigger: ".o_field_widget[name=domain] .o_tree_editor_condition:contains(Tags) .o-autocomplete input",
        run: "edit Complaint",
    },
    {
        trigger: ".o-autocomplete--dropdown-item a:contains(/^Complaint$/)",
        run: "click",
    },
    {
        content: "what it finds is shown before it is saved",
        trigger: ".o_field_widget[name=preview] .o_kam_preview:contains(Alpha):contains(Late delivery)",
    },
    {
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        trigger: ".o_form_saved",
    },
];

const perThousandOrders = [
    ...openMenu("Configuration", "KPIs"),
    {
        trigger: ".o_breadcrumb:contains(KPIs)",
    },
    {
        trigger: ".o_list_button_add",
        run: "click",
    },
    {
        trigger: ".o_form_view .o_field_widget[name=name] input",
        run: "edit Complaints per thousand orders && press Tab",
    },
    {
        trigger: ".o_field_widget[name=numerator] input",
        run: "edit 1000 * complaints / orders_tour && press Tab",
    },
    {
        content: "the fraction is taken apart",
        trigger: ".o_field_widget[name=denominator] input:value(orders_tour)",
    },
    {
        content: "and said in words",
        trigger: ".o_field_widget[name=numerator_words]:contains(/^Complaints$/)",
    },
    {
        trigger: ".o_form_button_save",
        run: "click",
    },
    {
        trigger: "button[name=action_refresh_figures]",
        run: "click",
    },
    {
        content: "the figures are made",
        trigger: ".o_notification:contains(The figures are up to date)",
    },
    {
        trigger: "button[name=action_view_accounts]",
        run: "click",
    },
    {
        content: "three complaints in four orders",
        trigger: ".o_kanban_record:contains(Alpha):contains(750)",
    },
    {
        trigger: ".o_kanban_record:contains(Alpha) a[name=action_explain]",
        run: "click",
    },
    {
        trigger: ".o_data_row:contains(Complaints) button[name=action_documents]",
        run: "click",
    },
    {
        content: "and they are the documents",
        trigger: ".o_kam_documents:contains(3 documents add up to):contains(Late delivery)",
    },
];

registry.category("web_tour.tours").add("kam_kpi_complaints_tour", {
    steps: () => {
        const steps = [...complaints, ...perThousandOrders];
        const actions = counted(steps);
        return [
            ...steps,
            {
                content: `not more than ${MOST_ACTIONS} clicks and fields`,
                trigger: ".o_kam_documents",
                run: () => {
                    if (actions > MOST_ACTIONS) {
                        throw new Error(`It takes ${actions} clicks and fields.`);
                    }
                },
            },
        ];
    },
});

registry.category("web_tour.tours").add("kam_kpi_misspelt_tour", {
    steps: () => [
        {
            trigger: ".o_form_view .o_field_widget[name=name] input",
            run: "edit Orders in all && press Tab",
        },
        {
            trigger: ".o_field_widget[name=numerator] input",
            run: "edit order_tour && press Tab",
        },
        {
            content: "the word is named, with the one that may be meant",
            trigger: ".alert-warning:contains(there is no measure “order_tour”):contains(Did you mean “orders_tour”)",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "nothing is saved, and it says why",
            trigger: ".modal:contains(cannot be computed):contains(order_tour) .modal-footer button",
            run: "click",
        },
        {
            trigger: ".o_field_widget[name=numerator] input",
            run: "edit orders_tour && press Tab",
        },
        {
            trigger: ".o_form_view:not(:has(.alert-warning:contains(order_tour)))",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
    ],
});

registry.category("web_tour.tours").add("kam_kpi_entry_tour", {
    steps: () => [
        {
            trigger: ".o_list_button_add",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=partner_id] input",
            run: "edit Alpha",
        },
        {
            trigger: ".o-autocomplete--dropdown-item a:contains(Alpha)",
            run: "click",
        },
        {
            trigger: ".o_selected_row .o_field_widget[name=amount] input",
            run: "edit 250",
        },
        {
            trigger: ".o_list_button_save",
            run: "click",
        },
        {
            trigger: ".o_list_view:not(:has(.o_selected_row)) .o_data_row:contains(Alpha):contains(250)",
        },
    ],
});
