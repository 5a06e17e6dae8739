package dev.latchkey.problem;

import java.util.Set;

/**
 * Paths that services ask by themselves, and no person: what fails there is said to a
 * program, no cookie is looked at, and the name under which they are asked makes no
 * difference. The room that places what answers there says which they are.
 *
 * @param all the paths, each as it is asked for
 */
public record ServicePaths(Set<String> all) {

	/**
	 * Returns whether this is one of them.
	 */
	public boolean contain(String path) {
		return this.all.contains(path);
	}

}
