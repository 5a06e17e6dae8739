package dev.latchkey.resourceserver;

import java.io.IOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the types that {@code docs/api.md} lists offer breaks those who compile against
 * it, when it goes. What is there now is written down anew with {@code -Dapi.write=true}:
 * look then at what is gone.
 */
class PublicApiTests {

	private static final Path DOCS = Path.of("../../../docs");

	@Test
	void whatTheListedTypesOfferIsWrittenDown() throws IOException {
		Path written = DOCS.resolve("api-client.txt");
		List<String> offered = offered();
		if (Boolean.getBoolean("api.write")) {
			Files.write(written, offered);
		}
		List<String> before = Files.readAllLines(written);
		assertThat(offered).as("nothing is gone that others compile against").containsAll(before);
		assertThat(before).as("what is new is written down, by -Dapi.write=true").containsExactlyElementsOf(offered);
	}

	private static List<String> offered() throws IOException {
		return Files.readString(DOCS.resolve("api.md"))
			.lines()
			.filter((line) -> line.startsWith("| `dev.latchkey.resourceserver."))
			.map((line) -> line.split("`")[1])
			.sorted()
			.flatMap((type) -> offered(found(type)))
			.toList();
	}

	private static Class<?> found(String type) {
		try {
			return Class.forName(type);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Stream<String> offered(Class<?> type) {
		Stream<String> members = Stream
			.<Member[]>of(type.getDeclaredConstructors(), type.getDeclaredMethods(), type.getDeclaredFields())
			.flatMap(Stream::of)
			.filter((member) -> !member.isSynthetic() && isForOthers(member.getModifiers()))
			.map((member) -> "\t" + signature(member))
			.sorted();
		Stream<String> within = Stream.of(type.getDeclaredClasses())
			.filter((inner) -> isForOthers(inner.getModifiers()))
			.sorted((one, other) -> one.getName().compareTo(other.getName()))
			.flatMap(PublicApiTests::offered);
		return Stream.of(Stream.of(type.toGenericString() + above(type)), members, within).flatMap((all) -> all);
	}

	private static boolean isForOthers(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static String above(Class<?> type) {
		Stream<Type> above = Stream.concat(Stream.ofNullable(type.getGenericSuperclass()),
				Stream.of(type.getGenericInterfaces()));
		return above.map(Type::getTypeName)
			.filter((name) -> !name.equals("java.lang.Object"))
			.map((name) -> " < " + name)
			.collect(Collectors.joining());
	}

	private static String signature(Member member) {
		return (member instanceof Executable executable) ? executable.toGenericString()
				: ((Field) member).toGenericString();
	}

}
