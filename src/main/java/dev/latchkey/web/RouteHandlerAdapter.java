package dev.latchkey.web;

import java.util.List;
import java.util.Objects;

import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Calls routes as Spring does, and writes JSON by {@link JsonReturnValueHandler}.
 */
class RouteHandlerAdapter extends RequestMappingHandlerAdapter {

	private final JsonMapper json;

	RouteHandlerAdapter(JsonMapper json) {
		this.json = json;
	}

	@Override
	public void afterPropertiesSet() {
		super.afterPropertiesSet();
		HandlerMethodReturnValueHandlerComposite others = new HandlerMethodReturnValueHandlerComposite();
		others.addHandlers(Objects.requireNonNull(getReturnValueHandlers()));
		setReturnValueHandlers(List.of(new JsonReturnValueHandler(this.json, others)));
	}

}
