# hoidau_module(name SOURCES … [DEPS module …] [LIBS target …])
# One static library a module: target hoidau_<name>, alias hoidau::<name>. DEPS are modules (public); LIBS are
# third-party libraries, private: their headers stay inside the module's .cc files.
add_library(hoidau_flags INTERFACE)
# Designated initializers leave out what stays at its default: that is their point.
target_compile_options(hoidau_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion
  -Wno-missing-field-initializers)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees overlaps in std::string that are none (GCC bug 105329).
  target_compile_options(hoidau_flags INTERFACE -Wno-restrict)
endif()
if(HOIDAU_WERROR)
  target_compile_options(hoidau_flags INTERFACE -Werror)
endif()
if(HOIDAU_SANITIZE)
  target_compile_options(hoidau_flags INTERFACE -fsanitize=${HOIDAU_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(hoidau_flags INTERFACE -fsanitize=${HOIDAU_SANITIZE})
endif()

function(hoidau_module name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LIBS" ${ARGN})
  add_library(hoidau_${name} STATIC ${ARG_SOURCES})
  add_library(hoidau::${name} ALIAS hoidau_${name})
  target_include_directories(hoidau_${name} PUBLIC $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/src>)
  list(TRANSFORM ARG_DEPS PREPEND hoidau::)
  target_link_libraries(hoidau_${name} PUBLIC ${ARG_DEPS} PRIVATE $<BUILD_INTERFACE:hoidau_flags> ${ARG_LIBS})
  set_property(GLOBAL APPEND PROPERTY HOIDAU_MODULES hoidau_${name})
endfunction()

# hoidau_test(name SOURCES … DEPS module … [LABELS fast])
# A GoogleTest program; each of its tests is a CTest test. Tests find data by HOIDAU_SOURCE_DIR.
function(hoidau_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LIBS;LABELS" ${ARGN})
  if(NOT ARG_LABELS)
    set(ARG_LABELS fast)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPS PREPEND hoidau::)
  target_link_libraries(${name} PRIVATE hoidau_flags ${ARG_DEPS} ${ARG_LIBS} GTest::gtest GTest::gmock GTest::gtest_main)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE HOIDAU_SOURCE_DIR="${PROJECT_SOURCE_DIR}" HOIDAU_BINARY_DIR="${PROJECT_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name} --gtest_brief=1)
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}")
endfunction()
