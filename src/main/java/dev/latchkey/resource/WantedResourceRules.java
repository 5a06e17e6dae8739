package dev.latchkey.resource;

import dev.latchkey.value.FieldFaults;
import dev.latchkey.web.BodyRules;

import org.springframework.stereotype.Component;

/**
 * What is wrong with a resource, whatever its name, beside a field that could not be
 * read.
 */
@Component
class WantedResourceRules implements BodyRules<WantedResource> {

	private static final String ANY = "any";

	private final ResourceFields fields;

	WantedResourceRules(ResourceFields fields) {
		this.fields = fields;
	}

	@Override
	public Class<WantedResource> type() {
		return WantedResource.class;
	}

	@Override
	public void note(WantedResource wanted, FieldFaults faults) {
		this.fields.read(ANY, wanted, false, faults);
	}

}
