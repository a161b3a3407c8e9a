# The program with its models, and the library: static archives of the modules, one CMake package (hoidau::hoidau), one
# pkg-config file. The header to start with is <hoidau/pipeline/hoidau.h>.
include(CMakePackageConfigHelpers)

install(TARGETS hoidau COMPONENT program)
install(DIRECTORY models DESTINATION ${CMAKE_INSTALL_DATADIR}/hoidau COMPONENT program)
install(FILES LICENSE README.md README.vi.md DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)

# Every module but those that only the command line uses.
get_property(modules GLOBAL PROPERTY HOIDAU_MODULES)
list(REMOVE_ITEM modules hoidau_app hoidau_batch hoidau_tracker)
foreach(target IN LISTS modules)
  string(REPLACE "hoidau_" "" name ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
endforeach()
add_library(hoidau_library INTERFACE)
set_target_properties(hoidau_library PROPERTIES EXPORT_NAME hoidau)
target_link_libraries(hoidau_library INTERFACE hoidau::pipeline hoidau::emit)
# Headers name each other from the root of the sources.
target_include_directories(hoidau_library INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                                                    $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/hoidau>)

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/hoidau)
install(TARGETS hoidau_library ${modules} EXPORT hoidau-targets ARCHIVE COMPONENT library)
install(EXPORT hoidau-targets NAMESPACE hoidau:: DESTINATION ${package_dir} COMPONENT library)
foreach(header base/files.h base/result.h base/span.h doc/document.h doc/record.h doc/record_json.h emit/alto.h
        emit/hocr.h emit/markdown.h emit/pdf.h emit/summary.h emit/token_json.h ingest/judge.h pipeline/hoidau.h text/text_layer.h)
  get_filename_component(folder ${header} DIRECTORY)
  install(FILES src/${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/hoidau/${folder} COMPONENT library)
endforeach()

configure_package_config_file(cmake/hoidau-config.cmake.in ${PROJECT_BINARY_DIR}/hoidau-config.cmake
                              INSTALL_DESTINATION ${package_dir} PATH_VARS CMAKE_INSTALL_DATADIR)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/hoidau-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/hoidau-config.cmake ${PROJECT_BINARY_DIR}/hoidau-config-version.cmake
        DESTINATION ${package_dir} COMPONENT library)

# Static archives that name each other: the linker reads them as one group.
set(pc_libraries "")
foreach(target IN LISTS modules)
  string(APPEND pc_libraries " -l${target}")
endforeach()
configure_file(cmake/hoidau.pc.in ${PROJECT_BINARY_DIR}/hoidau.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/hoidau.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
