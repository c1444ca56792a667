import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const dialog = ".modal:not(.o_inactive_modal) ";

// The second quarter of 2026 is over; its drafts are there.
registry.category("web_tour.tours").add("kam_review_sign_tour", {
    steps: () => [
        { content: "the draft appeared by itself", trigger: ".o_kanban_record:contains(Alpha)", run: "click" },
        { content: "and filled itself", trigger: ".o_form_view .o_field_widget[name=kpi_ids] .o_data_row:contains(Revenue):contains(12,000)" },
        { trigger: ".o_notebook .nav-link[name=words]", run: "click" },
        { trigger: ".o_field_widget[name=so_what] textarea", run: "edit They stay, and buy more" },
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_share]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Shared)" },
        { trigger: "button[name=action_sign_internal]", run: "click" },
        { trigger: ".o_form_view:not(:has(button[name=action_sign_internal]))" },
        { trigger: ".o_notebook .nav-link[name=signatures]", run: "click" },
        { trigger: ".o_field_widget[name=counterpart_name] input", run: "edit Carla Customer" },
        ...stepUtils.saveForm(),
        { trigger: "button[name=action_sign_counterpart]", run: "click" },
        { trigger: `${dialog}.modal-footer .btn-primary`, run: "click" },
        { content: "frozen", trigger: ".o_arrow_button_current:contains(Signed)" },
        { trigger: ".o_field_widget[name=snapshot_hash]" },
        { content: "nobody changes it any more", trigger: ".o_form_view:not(:has(button[name=action_refresh_figures]))" },
        { trigger: ".o_notebook .nav-link[name=ratings]", run: "click" },
        { trigger: "button[name=action_rate]", run: "click" },
        { trigger: ".o_list_view .o_data_row:contains(Preparation)" },
    ],
});
