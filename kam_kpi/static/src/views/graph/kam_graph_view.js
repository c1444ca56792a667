import { registry } from "@web/core/registry";
import { graphView } from "@web/views/graph/graph_view";

import { KamGraphModel } from "./kam_graph_model";
import { KamGraphRenderer } from "./kam_graph_renderer";

export const kamGraphView = { ...graphView, Model: KamGraphModel, Renderer: KamGraphRenderer };

registry.category("views").add("kam_graph", kamGraphView);
