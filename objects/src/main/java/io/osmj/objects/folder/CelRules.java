package io.osmj.objects.folder;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.util.List;

/**
 * The rules in CEL that a schema of Kubernetes holds, as a keyword of JSON Schema. A value that does not keep one is an error with the
 * message that stands beside the rule, as from an API server.
 */
final class CelRules extends AbstractKeyword {
    static final String KEYWORD = "x-kubernetes-validations";

    CelRules() {
        super(KEYWORD);
    }

    @Override
    public KeywordValidator newValidator(
            SchemaLocation location, JsonNode rules, Schema parent, SchemaContext context) {
        return new Check(this, rules, location, parent, context);
    }

    private static final class Check extends BaseKeywordValidator {
        private final List<CelRule> rules;

        Check(CelRules keyword, JsonNode rules, SchemaLocation location, Schema parent, SchemaContext context) {
            super(keyword, rules, location, parent, context);
            this.rules = rules.valueStream().map(CelRule::of).toList();
        }

        @Override
        public void validate(ExecutionContext execution, JsonNode value, JsonNode root, NodePath place) {
            rules.stream()
                    .filter(rule -> !rule.kept(value))
                    .forEach(rule -> execution.addError(error().instanceNode(value)
                            .instanceLocation(place)
                            .evaluationPath(execution.getEvaluationPath())
                            .message(rule.message())
                            .build()));
        }
    }
}
