package dev.latchkey.web;

import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;

/**
 * A request whose parameters are those of its body alone. The container puts those of the
 * query before them, so that they can be told apart by how many there are.
 */
class FormOnlyRequest extends HttpServletRequestWrapper {

	private @Nullable Map<String, String[]> form;

	FormOnlyRequest(HttpServletRequest request) {
		super(request);
	}

	@Override
	public Map<String, String[]> getParameterMap() {
		Map<String, String[]> fields = this.form;
		if (fields == null) {
			fields = Collections.unmodifiableMap(fields());
			this.form = fields;
		}
		return fields;
	}

	private Map<String, String[]> fields() {
		Map<String, Integer> query = QueryString.count(super.getQueryString());
		Map<String, String[]> fields = new LinkedHashMap<>();
		super.getParameterMap().forEach((name, values) -> {
			int ofQuery = query.getOrDefault(name, 0);
			if (ofQuery < values.length) {
				fields.put(name, Arrays.copyOfRange(values, ofQuery, values.length));
			}
		});
		return fields;
	}

	@Override
	public @Nullable String getParameter(String name) {
		String[] values = getParameterValues(name);
		return (values != null) ? values[0] : null;
	}

	@Override
	public String @Nullable [] getParameterValues(String name) {
		String[] values = getParameterMap().get(name);
		return (values != null) ? values.clone() : null;
	}

	@Override
	public Enumeration<String> getParameterNames() {
		return Collections.enumeration(getParameterMap().keySet());
	}

	/** Whoever tells the form's fields from the query's by this finds no others. */
	@Override
	public @Nullable String getQueryString() {
		return null;
	}

}
