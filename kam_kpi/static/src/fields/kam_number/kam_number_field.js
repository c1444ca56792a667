import { registry } from "@web/core/registry";
import { FloatField, floatField } from "@web/views/fields/float/float_field";

/**
 * A number that may be left empty: clearing it means "not given", and 0 is a
 * number. The ordinary field reads an empty input as 0, and takes a 0 typed
 * into an empty one for no change.
 */
export class KamNumberField extends FloatField {
    parse(value) {
        if (!value.trim()) {
            return false;
        }
        const number = super.parse(value);
        if (number === 0 && this.value === false) {
            this.props.record.update({ [this.props.name]: 0 });
        }
        return number;
    }
}

export const kamNumberField = { ...floatField, component: KamNumberField };

registry.category("fields").add("kam_number", kamNumberField);
