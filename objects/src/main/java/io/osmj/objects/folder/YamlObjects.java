package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.osmj.core.problem.ObjectRef;
import io.osmj.core.problem.Problem;
import io.osmj.core.problem.ProblemCode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/** Takes a file of YAML, or of JSON, apart into its objects; a list of any kind into its items. */
final class YamlObjects {
    private static final String REMEDY = "Mend the file; what it held before stays in force.";
    private static final int LARGEST = 4 << 20;

    private final String file;
    private final List<SourceObject> objects = new ArrayList<>();
    private final List<LocatedProblem> problems = new ArrayList<>();

    private YamlObjects(String file) {
        this.file = file;
    }

    /**
     * What stands in a file.
     *
     * @param objects in their order
     * @param problems why some of it could not be read
     */
    record Parsed(List<SourceObject> objects, List<LocatedProblem> problems) {
        Parsed {
            objects = List.copyOf(objects);
            problems = List.copyOf(problems);
        }
    }

    static Parsed parse(String file, String text) {
        YamlObjects reader = new YamlObjects(file);
        reader.read(text);
        return new Parsed(reader.objects, reader.problems);
    }

    private void read(String text) {
        if (text.isBlank()) {
            fault(
                    1,
                    "The file is empty.",
                    "Write what it is to hold, or delete it; what it held before stays in force.");
            return;
        }
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LARGEST);
        try {
            for (Node document : new Yaml(options).composeAll(new StringReader(text))) {
                document(document);
            }
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            fault(line, "It is not YAML: " + e.getProblem() + ".", REMEDY);
        } catch (YAMLException e) {
            fault(1, "It is not YAML: " + firstLine(e) + ".", REMEDY);
        }
    }

    private static String firstLine(YAMLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private void document(Node node) {
        if (node.getTag().equals(Tag.NULL)) {
            return;
        }
        NodeTree.Read read = NodeTree.read(node);
        read.faults().forEach(fault -> fault(fault.line(), fault.message(), REMEDY));
        if (!(node instanceof MappingNode) || !(read.tree() instanceof ObjectNode tree)) {
            fault(line(node), "There is something that is no Kubernetes object.", REMEDY);
            return;
        }
        if (tree.path("kind").asText("").endsWith("List") && tree.path("items").isArray()) {
            items(tree, read);
            return;
        }
        objects.add(new SourceObject(tree, new Place(file, line(node), read.lines())));
    }

    private void items(ObjectNode list, NodeTree.Read read) {
        for (int index = 0; index < list.path("items").size(); index++) {
            String path = "items[" + index + "]";
            int line = read.lines().getOrDefault(path, 1);
            if (list.path("items").get(index) instanceof ObjectNode item) {
                objects.add(new SourceObject(item, new Place(file, line, NodeTree.below(read.lines(), path))));
            } else {
                fault(line, "There is something in the list that is no Kubernetes object.", REMEDY);
            }
        }
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private void fault(int line, String message, String remedy) {
        Problem problem = new Problem(ProblemCode.M7001, new ObjectRef("File", "", file), "", message, remedy);
        problems.add(new LocatedProblem(problem, file, line));
    }
}
