package dev.latchkey.web;

import java.util.List;

import com.fasterxml.jackson.annotation.Nulls;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * How bodies are read: what does not have the type that a field has is refused, not bent.
 */
final class StrictJson {

	private StrictJson() {
	}

	static void configure(JsonMapper.Builder json) {
		json.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
			.enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
			.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
			.withCoercionConfig(LogicalType.Integer, StrictJson::withoutTexts)
			.withCoercionConfig(LogicalType.Float, StrictJson::withoutTexts)
			.withCoercionConfig(LogicalType.Boolean, StrictJson::withoutTexts)
			.changeDefaultNullHandling((nulls) -> nulls.withContentNulls(Nulls.FAIL))
			.withCoercionConfig(LogicalType.Textual, (text) -> {
				for (CoercionInputShape shape : List.of(CoercionInputShape.Integer, CoercionInputShape.Float,
						CoercionInputShape.Boolean)) {
					text.setCoercion(shape, CoercionAction.Fail);
				}
			});
	}

	/** Without this, a blank text would be read as a field that is left out. */
	private static void withoutTexts(MutableCoercionConfig scalar) {
		scalar.setAcceptBlankAsEmpty(false)
			.setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail)
			.setCoercion(CoercionInputShape.String, CoercionAction.Fail);
	}

}
