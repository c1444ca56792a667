import { registry } from "@web/core/registry";
import { stepUtils } from "@web_tour/tour_utils";

const dialog = ".modal:not(.o_inactive_modal) ";

// The account manager opens the plan of Alpha.
registry.category("web_tour.tours").add("kam_share_plan_tour", {
    steps: () => [
        { trigger: "button[name=action_share]", run: "click" },
        { trigger: ".o_field_widget[name=contact_ids] input", run: "edit Carla" },
        { trigger: ".o-autocomplete--dropdown-item:contains(Carla)", run: "click" },
        ...stepUtils.saveForm(),
        { content: "nothing goes out before it is published", trigger: ".o_arrow_button_current:contains(Not published)" },
        { trigger: "button[name=action_publish]", run: "click" },
        { trigger: ".o_arrow_button_current:contains(Open)" },
        { trigger: "button[name=action_preview]" },
    ],
});

// Somebody of Alpha looks at it.
registry.category("web_tour.tours").add("kam_share_customer_tour", {
    steps: () => [
        { trigger: "a[href='/my/key-account']:visible", run: "click", expectUnloadPage: true },
        { trigger: ".o_kam_shared a:contains(Plan)", run: "click", expectUnloadPage: true },
        { content: "own and our actions, nothing else", trigger: ".o_kam_shared_actions:contains(OPEN-4242 ours):not(:contains(SECRET))" },
        { trigger: ".o_kam_shared_actions tr:contains(theirs) button:contains(It is done)", run: "click", expectUnloadPage: true },
        { trigger: ".o_kam_shared_actions tr:contains(theirs):contains(Reported as done)" },
        { trigger: "#kam_share_comment", run: "edit We look forward to it" },
        { trigger: "button:contains(Send)", run: "click", expectUnloadPage: true },
        { trigger: ".o_kam_shared_comment:contains(We look forward to it)" },
    ],
});

// The account manager sees what they did, and takes the share back.
registry.category("web_tour.tours").add("kam_share_back_tour", {
    steps: () => [
        { trigger: ".o_data_row:contains(Carla) .o_data_cell:first", run: "click" },
        { trigger: ".o_field_widget[name=comment_ids]:contains(We look forward to it):contains(Carla)" },
        { trigger: ".o_notebook a:contains(Seen)", run: "click" },
        { trigger: ".o_field_widget[name=visit_ids]:contains(Carla)" },
        { trigger: "button[name=action_revoke]", run: "click" },
        { trigger: `${dialog}.modal-footer .btn-primary`, run: "click" },
        { trigger: ".o_arrow_button_current:contains(Revoked)" },
    ],
});
