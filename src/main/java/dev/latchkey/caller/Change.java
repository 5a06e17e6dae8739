package dev.latchkey.caller;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

/**
 * One field of something, before and after. Values are texts, truth values, lists of
 * texts or null; secrets are none.
 *
 * @param field the name that the field has in the API
 * @param before what stood there, or null for nothing
 * @param after what stands there now, or null for nothing
 */
public record Change(String field, @Nullable Object before, @Nullable Object after) {

	/**
	 * Collects what differs.
	 */
	public static Collector collect() {
		return new Collector();
	}

	/**
	 * Fields that are compared one by one; what is the same is left out.
	 */
	public static final class Collector {

		private final List<Change> changes = new ArrayList<>();

		private Collector() {
		}

		/**
		 * Compares a field.
		 */
		public Collector add(String field, @Nullable Object before, @Nullable Object after) {
			Object old = plain(before);
			Object now = plain(after);
			if (!Objects.equals(old, now)) {
				this.changes.add(new Change(field, old, now));
			}
			return this;
		}

		/**
		 * Returns what differs, in the order in which it was compared.
		 */
		public List<Change> toList() {
			return List.copyOf(this.changes);
		}

		/** Sets are written in one order; no entry at all is as good as no field. */
		private static @Nullable Object plain(@Nullable Object value) {
			if (value instanceof Collection<?> many) {
				return new TreeSet<>(many.stream().map(String::valueOf).toList()).stream().toList();
			}
			return (value == null || value instanceof Boolean) ? value : value.toString();
		}

	}

}
