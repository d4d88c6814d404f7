package dev.rapport.mining.json;

import dev.rapport.mining.Model;
import dev.rapport.mining.Refusal;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Records to JSON and back by their components. What is made is decided by the declared types alone; of a sealed type the
 * text names the permitted record, nothing else.
 */
final class Records {

    @Nullable
    Object toJson(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Record each -> record(each);
            case LocalDate each -> each.toString();
            case Enum<?> each -> each.name();
            case Optional<?> each -> toJson(each.orElse(null));
            case List<?> each ->
                each.stream().map(this::toJson).collect(ArrayList::new, ArrayList::add, ArrayList::addAll);
            case Map<?, ?> each -> {
                var map = new LinkedHashMap<String, @Nullable Object>();
                each.forEach((key, inner) -> map.put(String.valueOf(key), toJson(inner)));
                yield map;
            }
            case Number each ->
                each.doubleValue() == each.longValue() || each instanceof Double ? each.doubleValue() : longText(each);
            case Boolean each -> each;
            case String each -> each;
            default -> array(value);
        };
    }

    private static Object longText(Number number) {
        return number.toString();
    }

    private Object array(Object value) {
        if (!value.getClass().isArray()) throw new IllegalArgumentException("no JSON for " + value.getClass());
        if (value instanceof long[] longs)
            return Arrays.stream(longs).mapToObj(Long::toString).toList();
        var list = new ArrayList<@Nullable Object>();
        for (int i = 0; i < Array.getLength(value); i++) list.add(toJson(Array.get(value, i)));
        return list;
    }

    private Map<String, @Nullable Object> record(Record value) {
        var map = new LinkedHashMap<String, @Nullable Object>();
        if (isChoice(value.getClass())) map.put("is", value.getClass().getSimpleName());
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object inner = read(component, value);
            map.put(
                    component.getName(),
                    isAnyModel(component.getType()) ? ModelJson.envelope((Model) inner) : toJson(inner));
        }
        return map;
    }

    // a part that may be any model says which it is
    private static boolean isAnyModel(Class<?> type) {
        return type.isInterface() && Model.class.isAssignableFrom(type);
    }

    private static Object read(RecordComponent component, Record value) {
        try {
            var accessor = component.getAccessor();
            accessor.setAccessible(true);
            Object inner = accessor.invoke(value);
            // a long would lose digits as a JSON number
            return component.getType() == long.class ? String.valueOf(inner) : inner;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Nullable
    Object fromJson(Type type, @Nullable Object json) {
        if (type instanceof ParameterizedType generic) return container(generic, json);
        Class<?> plain = (Class<?>) type;
        if (plain == Object.class) return json;
        if (json == null) {
            if (plain.isPrimitive()) throw mismatch(plain, json);
            return null;
        }
        if (isAnyModel(plain)) return anyModel(plain, json);
        if (plain == LocalDate.class) return date(json);
        if (plain.isRecord()) return make(plain, json);
        if (plain.isEnum()) return constant(plain, json);
        if (plain.isSealed()) return make(choice(plain, json), json);
        if (plain.isArray()) return array(plain.getComponentType(), json);
        if (plain == String.class && json instanceof String) return json;
        if ((plain == boolean.class || plain == Boolean.class) && json instanceof Boolean) return json;
        return number(plain, json);
    }

    private static Object anyModel(Class<?> type, Object json) {
        if (!(json instanceof Map<?, ?> envelope)) throw mismatch(type, json);
        Model model = ModelJson.opened(envelope);
        if (!type.isInstance(model)) throw mismatch(type, json);
        return model;
    }

    private static LocalDate date(Object json) {
        try {
            return LocalDate.parse(json.toString());
        } catch (DateTimeParseException e) {
            throw mismatch(LocalDate.class, json);
        }
    }

    private static Object number(Class<?> type, Object json) {
        try {
            if (type == long.class || type == Long.class) return Long.valueOf(json.toString());
            double value = json instanceof Double number ? number : Double.parseDouble(json.toString());
            if (type == double.class || type == Double.class) return value;
            if (type == int.class || type == Integer.class) {
                if (value != (int) value) throw mismatch(type, json);
                return (int) value;
            }
        } catch (NumberFormatException e) {
            throw mismatch(type, json);
        }
        throw mismatch(type, json);
    }

    private @Nullable Object container(ParameterizedType type, @Nullable Object json) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] inner = type.getActualTypeArguments();
        if (raw == Optional.class)
            return json == null ? Optional.empty() : Optional.ofNullable(fromJson(inner[0], json));
        if (raw == List.class && json instanceof List<?> list) {
            var made = new ArrayList<@Nullable Object>(list.size());
            for (Object each : list) made.add(fromJson(inner[0], each));
            return made;
        }
        if (raw == Map.class && json instanceof Map<?, ?> map) {
            var made = new LinkedHashMap<@Nullable Object, @Nullable Object>();
            map.forEach((key, each) -> made.put(fromJson(inner[0], key), fromJson(inner[1], each)));
            return made;
        }
        throw mismatch(raw, json);
    }

    private Object array(Class<?> element, Object json) {
        if (!(json instanceof List<?> list)) throw mismatch(element, json);
        Object array = Array.newInstance(element, list.size());
        for (int i = 0; i < list.size(); i++) {
            Object each = list.get(i);
            // the two long loops of every model, without boxing through fromJson
            if (element == double.class && each instanceof Double value) Array.setDouble(array, i, value);
            else Array.set(array, i, fromJson(element, each));
        }
        return array;
    }

    private static Object constant(Class<?> type, Object json) {
        return Arrays.stream(type.getEnumConstants())
                .filter(each -> ((Enum<?>) each).name().equals(json))
                .findFirst()
                .orElseThrow(() -> mismatch(type, json));
    }

    private static Class<?> choice(Class<?> sealed, Object json) {
        Object name = json instanceof Map<?, ?> map ? map.get("is") : null;
        return Arrays.stream(sealed.getPermittedSubclasses())
                .filter(each -> each.isRecord() && each.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> mismatch(sealed, json));
    }

    private static boolean isChoice(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).anyMatch(Class::isSealed);
    }

    private Object make(Class<?> type, Object json) {
        if (!(json instanceof Map<?, ?> map)) throw mismatch(type, json);
        RecordComponent[] components = type.getRecordComponents();
        var arguments = new @Nullable Object[components.length];
        for (int i = 0; i < components.length; i++) {
            if (!map.containsKey(components[i].getName())) {
                throw Refusal.because("model-field", type.getSimpleName(), components[i].getName());
            }
            arguments[i] = fromJson(components[i].getGenericType(), map.get(components[i].getName()));
        }
        return construct(type, components, arguments);
    }

    private static Object construct(Class<?> type, RecordComponent[] components, @Nullable Object[] arguments) {
        try {
            Class<?>[] parameters =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(parameters);
            constructor.setAccessible(true);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Refusal refusal) throw refusal;
            throw Refusal.because("model-field", type.getSimpleName(), String.valueOf(e.getCause()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Refusal mismatch(Class<?> type, @Nullable Object json) {
        String found = String.valueOf(json);
        return Refusal.because("model-value", type.getSimpleName(), found.substring(0, Math.min(60, found.length())));
    }
}
