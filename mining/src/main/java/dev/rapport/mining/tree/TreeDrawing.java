package dev.rapport.mining.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * A tree with a place for every node: leaves side by side, parents centred above their children (Wetherell, Shannon 1979).
 *
 * {@snippet :
 * var leaf = new TreeDrawing.Node("yes", List.of("won 90 %"), new double[] {0.1, 0.9}, List.of());
 * var drawing = TreeDrawing.of(new TreeDrawing.Node("", List.of("price ≤ 5"), new double[] {0.5, 0.5}, List.of(leaf, leaf)));
 * check(drawing.places().size() == 3 && drawing.svg().contains("price"));
 * }
 *
 * @param places each node with its place, parents before children
 * @param width in units of one node
 * @param height in levels
 */
public record TreeDrawing(List<Place> places, double width, int height) {
    private static final int BOX = 170;
    private static final int LEVEL = 110;

    /** A node: the answer that leads to it, what it says, its value, its children. */
    public record Node(String edge, List<String> lines, double[] value, List<Node> children) {}

    /** A node's place; {@code parent} is a place's number, -1 for the root. */
    public record Place(Node node, double x, int level, int parent) {}

    /** Lays a tree out. */
    public static TreeDrawing of(Node root) {
        var places = new ArrayList<Place>();
        double[] next = {0};
        int[] deepest = {0};
        place(root, 0, -1, places, next, deepest);
        return new TreeDrawing(List.copyOf(places), next[0], deepest[0] + 1);
    }

    private static double place(Node node, int level, int parent, List<Place> places, double[] next, int[] deepest) {
        int own = places.size();
        places.add(new Place(node, 0, level, parent));
        deepest[0] = Math.max(deepest[0], level);
        double x;
        if (node.children.isEmpty()) {
            x = next[0]++;
        } else {
            double first = Double.NaN;
            double last = Double.NaN;
            for (Node child : node.children) {
                last = place(child, level + 1, own, places, next, deepest);
                if (Double.isNaN(first)) first = last;
            }
            x = (first + last) / 2;
        }
        places.set(own, new Place(node, x, level, parent));
        return x;
    }

    /** The drawing as SVG; leaves of a higher last share are darker. */
    public String svg() {
        var svg = new StringBuilder();
        int w = (int) Math.ceil(width * BOX);
        int h = height * LEVEL;
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"11\">"
                        .formatted(w, h));
        for (Place place : places) {
            int x = middle(place);
            int y = place.level * LEVEL;
            if (place.parent >= 0) {
                Place above = places.get(place.parent);
                int from = above.level * LEVEL + 24 + 14 * above.node.lines.size();
                svg.append("<path d=\"M%d %dL%d %d\" stroke=\"#8a94a6\" fill=\"none\"/>"
                        .formatted(middle(above), from, x, y + 14));
                svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\" fill=\"#5b6472\">%s</text>"
                        .formatted((middle(above) + x) / 2, (from + y + 14) / 2, escaped(place.node.edge)));
            }
        }
        for (Place place : places) box(svg, place);
        return svg.append("</svg>").toString();
    }

    private static void box(StringBuilder svg, Place place) {
        int x = middle(place);
        int y = place.level * LEVEL + 14;
        int high = 10 + 14 * place.node.lines.size();
        double share = place.node.value.length < 2 ? 0.3 : place.node.value[place.node.value.length - 1];
        svg.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#3b6fd4\" fill-opacity=\"%.2f\" stroke=\"#3b6fd4\"/>"
                        .formatted(x - BOX / 2 + 4, y, BOX - 8, high, 0.05 + 0.4 * share));
        for (int i = 0; i < place.node.lines.size(); i++) {
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>"
                    .formatted(x, y + 16 + 14 * i, escaped(shortened(place.node.lines.get(i)))));
        }
    }

    private static int middle(Place place) {
        return (int) Math.round((place.x + 0.5) * BOX);
    }

    private static String shortened(String line) {
        return line.codePointCount(0, line.length()) <= 26
                ? line
                : line.substring(0, line.offsetByCodePoints(0, 29)) + "…";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
